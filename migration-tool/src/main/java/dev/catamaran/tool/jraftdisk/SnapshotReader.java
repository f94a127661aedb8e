package dev.catamaran.tool.jraftdisk;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.v2.Crc64;
import dev.catamaran.tool.jraftdisk.wire.StoredFile;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshot;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshotMeta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the snapshots of a group and checks their files (spec: jraft-disk 2, jraft-groups 4). */
final class SnapshotReader {

    static final String META = "__raft_snapshot_meta";

    private static final Pattern FOLDER =
            Pattern.compile(GroupFolder.SNAPSHOT_PREFIX + "(\\d{1,18})");
    private static final Pattern CHECKSUM =
            Pattern.compile("\"check[sS]um\"\\s*:\\s*\"([0-9a-fA-F]{1,16})\"");
    private static final int CHUNK = 1 << 16;

    private static final String ADVICE =
            "A server would not start from it. Keep the folder, and use the other members.";

    private final List<SnapshotFacts> snapshots = new ArrayList<>();
    private final List<StoreFinding> findings = new ArrayList<>();

    private SnapshotReader() {}

    /** The snapshots' facts, the newest first. */
    List<SnapshotFacts> snapshots() {
        return snapshots;
    }

    List<StoreFinding> findings() {
        return findings;
    }

    /** Reads all snapshots of a group; what is wrong is a finding. */
    static SnapshotReader of(GroupFolder group) {
        SnapshotReader reader = new SnapshotReader();
        try {
            for (Path folder : folders(group)) {
                reader.add(folder);
            }
        } catch (IOException e) {
            reader.bad(group.snapshots(), "the folder cannot be listed: " + reason(e));
        }
        return reader;
    }

    /** Folders of complete snapshots, the newest first. Others JRaft deletes at its start. */
    static List<Path> folders(GroupFolder group) throws IOException {
        if (!Files.isDirectory(group.snapshots())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(group.snapshots())) {
            return folders.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> indexOf(path) >= 0)
                    .sorted(Comparator.comparingLong(SnapshotReader::indexOf).reversed())
                    .toList();
        }
    }

    static long newest(GroupFolder group) throws IOException {
        List<Path> folders = folders(group);
        return folders.isEmpty() ? 0 : indexOf(folders.get(0));
    }

    private static long indexOf(Path folder) {
        Matcher matcher = FOLDER.matcher(folder.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private void add(Path folder) {
        Path meta = folder.resolve(META);
        try {
            StoredSnapshot stored = MessageFile.SNAPSHOT.read(meta);
            StoredSnapshotMeta facts = stored.getMeta();
            if (!facts.hasLastIncludedIndex() || !facts.hasLastIncludedTerm()) {
                throw new DecodeException("lacks a field", "snapshot");
            }
            if (facts.getLastIncludedIndex() != indexOf(folder)) {
                bad(meta, "it is of index " + facts.getLastIncludedIndex());
            }
            List<SnapshotFacts.File> files = new ArrayList<>();
            for (StoredFile file : stored.getFilesList()) {
                files.add(file(folder, file));
            }
            snapshots.add(
                    new SnapshotFacts(
                            facts.getLastIncludedIndex(),
                            facts.getLastIncludedTerm(),
                            members(facts),
                            files));
        } catch (DecodeException e) {
            bad(meta, "the snapshot cannot be read: " + e.refusal());
        } catch (IOException e) {
            bad(meta, "the snapshot cannot be read: " + reason(e));
        }
    }

    private SnapshotFacts.File file(Path folder, StoredFile stored) throws IOException {
        Path file = folder.resolve(stored.getName()).normalize();
        if (!file.startsWith(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            bad(folder, "its file " + stored.getName() + " is missing");
            return new SnapshotFacts.File(stored.getName(), 0, "");
        }
        MessageDigest sha256 = LogHashes.sha256();
        long crc = 0;
        long bytes = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sha256.update(chunk, 0, read);
                crc = Crc64.of(crc, chunk, 0, read);
                bytes += read;
            }
        }
        Matcher wanted = CHECKSUM.matcher(stored.getMeta().getUserMeta().toStringUtf8());
        if (wanted.find() && !wanted.group(1).equalsIgnoreCase(Long.toHexString(crc))) {
            bad(file, "its checksum is " + Long.toHexString(crc) + ", not " + wanted.group(1));
        }
        byte[] hash = sha256.digest();
        return new SnapshotFacts.File(stored.getName(), bytes, LogHashes.hex(hash, hash.length));
    }

    /** The members a snapshot names; throws {@link DecodeException} if JRaft could not read one. */
    static Configuration members(StoredSnapshotMeta facts) {
        return new Configuration(
                peers(facts.getPeersList()),
                peers(facts.getOldPeersList()),
                peers(facts.getLearnersList()),
                peers(facts.getOldLearnersList()));
    }

    private static List<Peer> peers(List<String> texts) {
        return texts.stream()
                .map(
                        text ->
                                Peer.parse(text)
                                        .orElseThrow(
                                                () ->
                                                        new DecodeException(
                                                                "is no member's name: " + text,
                                                                "members")))
                .toList();
    }

    private void bad(Path where, String what) {
        findings.add(
                new StoreFinding(StoreFinding.Kind.BAD_SNAPSHOT, where.toString(), what, ADVICE));
    }

    static String reason(IOException e) {
        return StoreReader.reason(e);
    }
}
