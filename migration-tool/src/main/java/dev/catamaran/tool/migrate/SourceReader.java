package dev.catamaran.tool.migrate;

import dev.catamaran.tool.home.HomeContents;
import dev.catamaran.tool.home.HomeInspector;
import dev.catamaran.tool.home.HomeReader;
import dev.catamaran.tool.live.LiveRegistry;
import dev.catamaran.tool.live.LiveServer;
import dev.catamaran.tool.live.Progress;
import dev.catamaran.tool.live.RefusedException;
import dev.catamaran.tool.records.ExportFile;
import dev.catamaran.tool.records.RecordSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads any source, whole or not at all. */
public final class SourceReader {

    private SourceReader() {}

    /**
     * Everything persistent that the source holds.
     *
     * @throws IOException if it cannot be read
     */
    public static Loaded read(Source source, Access access, Progress progress) throws IOException {
        if (source instanceof Source.Homes homes) {
            return homes(homes.folders());
        }
        if (source instanceof Source.Export export) {
            ExportFile file = ExportFile.read(export.file());
            return new Loaded.Records(file.records(), file.header().version(), false);
        }
        if (source instanceof Source.Live live) {
            return live(live, access, progress);
        }
        throw new AssertionError("no rule for " + source);
    }

    private static Loaded homes(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            if (HomeInspector.hasGroups(folder)) {
                return HomeLoading.load(folders);
            }
        }
        HomeContents contents = HomeReader.read(folders);
        if (contents instanceof HomeContents.Refused refused) {
            return new Loaded.Refused(refused.text());
        }
        return new Loaded.Records(
                RecordSet.of(((HomeContents.Records) contents).records()), "", false);
    }

    private static Loaded live(Source.Live live, Access access, Progress progress)
            throws IOException {
        try (LiveServer server = new LiveServer(live.address(), access.credentials());
                LiveRegistry registry =
                        LiveRegistry.connect(server, access.namespaces(), access.parallel())) {
            return new Loaded.Records(
                    RecordSet.of(registry.read(progress)),
                    registry.kind().version(),
                    registry.kind().hidesEmptyClusters());
        } catch (RefusedException e) {
            return new Loaded.Refused(e.getMessage());
        }
    }
}
