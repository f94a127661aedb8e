package dev.catamaran.tool.rebuild.disk;

import dev.catamaran.tool.home.HomeLayout;
import dev.catamaran.tool.rebuild.Finding;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether the disks have room for copies of homes; several homes may lie on one disk. */
final class Room {

    /** Room beyond a copy of the data: tables that the rewrite flushes, and the journal. */
    private static final long SPARE_BYTES = 64L << 20;

    private Room() {}

    /**
     * Looks.
     *
     * @throws IOException if a size cannot be read
     */
    static List<Finding> check(List<HomeLayout> homes) throws IOException {
        Map<FileStore, List<HomeLayout>> byDisk = new LinkedHashMap<>();
        for (HomeLayout home : homes) {
            FileStore disk = Files.getFileStore(home.data());
            byDisk.computeIfAbsent(disk, it -> new ArrayList<>()).add(home);
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<FileStore, List<HomeLayout>> disk : byDisk.entrySet()) {
            long needed = 0;
            for (HomeLayout home : disk.getValue()) {
                needed += size(home.raft()) + SPARE_BYTES;
            }
            long free = disk.getKey().getUsableSpace();
            if (free < needed) {
                findings.add(noRoom(disk.getValue(), needed, free));
            }
        }
        return findings;
    }

    private static Finding noRoom(List<HomeLayout> homes, long needed, long free) {
        return Finding.refuses(
                "no-room",
                (homes.size() == 1 ? "a copy of the groups needs " : "copies of the groups need ")
                        + megabytes(needed)
                        + ", free are "
                        + megabytes(free),
                String.join(", ", homes.stream().map(it -> it.data().toString()).toList()),
                "Make room on this disk.");
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    private static long size(Path tree) throws IOException {
        if (!Files.isDirectory(tree)) {
            return 0;
        }
        long[] sum = {0};
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes at) {
                        sum[0] += at.size();
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sum[0];
    }
}
