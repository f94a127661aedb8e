package dev.catamaran.tool.rebuild.disk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.rebuild.RebuildPlan;
import java.nio.file.Path;

/**
 * A target of a plan, and where its home lies on this machine.
 *
 * @param target of the plan
 * @param home the folder
 */
public record Placed(RebuildPlan.Target target, Path home) {
    public Placed {
        requireNonNull(target, "target is null");
        requireNonNull(home, "home is null");
    }
}
