package dev.catamaran.tool.jraftdisk;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.v2.Crc64;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An entry of a group's log, as it is stored (spec: jraft-disk 2).
 *
 * @param type what it is
 * @param index its index
 * @param term its term
 * @param members who is in the group; {@link Configuration#NONE} unless it says so
 * @param checksum JRaft's own checksum; servers write none unless told to
 * @param stored the stored bytes; not to be changed
 * @param dataAt where the payload begins in them
 * @param dataBytes length of the payload
 */
public record LogEntry(
        Type type,
        long index,
        long term,
        Configuration members,
        OptionalLong checksum,
        byte[] stored,
        int dataAt,
        int dataBytes) {

    /** What an entry is for. */
    public enum Type {
        /** Nothing: a place holder. */
        NO_OP(1),
        /** A request of the group's users. */
        DATA(2),
        /** The group's members. */
        CONFIGURATION(3);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** The number in stored bytes. */
        public int number() {
            return number;
        }
    }

    public LogEntry {
        requireNonNull(type, "type is null");
        requireNonNull(members, "members is null");
        requireNonNull(checksum, "checksum is null");
        requireNonNull(stored, "stored is null");
    }

    /** A copy of the payload. */
    public byte[] data() {
        return Arrays.copyOfRange(stored, dataAt, dataAt + dataBytes);
    }

    /**
     * What JRaft leaves where a log begins anew behind a snapshot: it has no term and is replaced
     * by the next entry.
     */
    public boolean isPlaceholder() {
        return type == Type.NO_OP && term == 0;
    }

    /** Whether JRaft's checksum, if there is one, is right. */
    boolean checksumFits() {
        return checksum.isEmpty() || checksum.getAsLong() == checksum(members);
    }

    /** The checksum of this entry with these members: the order of members does not matter. */
    long checksum(Configuration others) {
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES).putLong(index).putLong(term);
        long sum = type.number ^ Crc64.of(id.array());
        for (List<Peer> list :
                Stream.of(
                                others.peers(),
                                others.oldPeers(),
                                others.learners(),
                                others.oldLearners())
                        .toList()) {
            for (Peer peer : list) {
                sum ^= Crc64.of(peer.text().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return sum ^ Crc64.of(0, stored, dataAt, dataBytes);
    }

    @Override
    public String toString() {
        return type + " " + index + "@" + term;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogEntry entry && Arrays.equals(stored, entry.stored);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(stored);
    }
}
