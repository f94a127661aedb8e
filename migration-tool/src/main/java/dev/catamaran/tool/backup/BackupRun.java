package dev.catamaran.tool.backup;

import static java.util.Objects.requireNonNull;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.home.TreeManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes a backup of a stopped home: {@code data} and {@code conf}. Locks, kept originals of
 * rebuilds, and logs are left out.
 */
public final class BackupRun {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int DIGITS = 8;

    /** Below the data folder, what is not part of a home's state. */
    private static final Set<Path> LEFT_OUT =
            Set.of(Path.of("catamaran", "lock"), Path.of("catamaran", "rebuild"));

    private BackupRun() {}

    /**
     * What a backup of this home would hold.
     *
     * @throws IOException if something cannot be read
     */
    public static TreeManifest list(HomeLayout layout) throws IOException {
        List<TreeManifest.Entry> entries = new ArrayList<>(part("data", layout.data()));
        Path conf = layout.home().resolve("conf");
        if (Files.isDirectory(conf)) {
            entries.addAll(part("conf", conf.toRealPath()));
        }
        return new TreeManifest(entries);
    }

    private static List<TreeManifest.Entry> part(String name, Path root) throws IOException {
        TreeManifest tree =
                TreeManifest.of(
                        root,
                        path ->
                                !LEFT_OUT.contains(path)
                                        && !path.endsWith(Path.of("log", "LOCK"))
                                        && !path.getFileName()
                                                .toString()
                                                .startsWith(".catamaran-"));
        List<TreeManifest.Entry> entries = new ArrayList<>();
        entries.add(TreeManifest.folder(name, root));
        for (TreeManifest.Entry entry : tree.entries()) {
            entries.add(entry.named(name + "/" + entry.path()));
        }
        return entries;
    }

    /**
     * A backup that was taken.
     *
     * @param backup what is in the store now, every content of it read and found whole
     * @param mended its files whose contents lay damaged in the store, from earlier backups
     */
    public record Taken(Backup backup, List<String> mended) {
        public Taken {
            requireNonNull(backup, "backup is null");
            mended = List.copyOf(mended);
        }
    }

    /**
     * Takes a backup. The caller holds the locks of the home.
     *
     * @throws IOException if something cannot be read or written; the store then lists no backup of
     *     it
     */
    public static Taken take(HomeLayout layout, BackupStore store, Instant now) throws IOException {
        TreeManifest tree = list(layout);
        List<String> mended = new ArrayList<>();
        for (TreeManifest.Entry entry : tree.entries()) {
            if (entry.kind() == TreeManifest.Kind.FILE
                    && store.put(source(layout, entry.path()), entry)) {
                mended.add(entry.path());
            }
        }
        String digest = tree.digestHex();
        Backup backup =
                new Backup(
                        Backup.FORMAT,
                        STAMP.format(now) + "-" + digest.substring(0, DIGITS),
                        layout.home().toString(),
                        now.toString(),
                        digest,
                        tree);
        store.seal(backup);
        return new Taken(backup, mended);
    }

    private static Path source(HomeLayout layout, String path) {
        String data = "data/";
        return path.startsWith(data)
                ? layout.data().resolve(path.substring(data.length()))
                : layout.home().resolve(path);
    }
}
