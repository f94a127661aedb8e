package dev.catamaran.tool.jraftdisk;

import java.nio.file.Path;

/** Creates a log in an empty folder and opens it. */
public interface StoreMaker {
    RocksDoor.Store create(Path log);
}
