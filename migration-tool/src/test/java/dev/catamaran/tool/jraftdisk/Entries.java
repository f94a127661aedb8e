package dev.catamaran.tool.jraftdisk;

import com.google.protobuf.ByteString;
import dev.catamaran.tool.jraftdisk.wire.StoredEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Stored entries as a server would have written them. */
final class Entries {

    private static final byte[] HEAD = {(byte) 0xBB, (byte) 0xD2, 1, 0, 0, 0};

    private Entries() {}

    static Configuration members(String... texts) {
        return Configuration.of(peers(texts));
    }

    static List<Peer> peers(String... texts) {
        return Arrays.stream(texts).map(text -> Peer.parse(text).orElseThrow()).toList();
    }

    static byte[] data(long index, long term, byte[] payload) {
        return framed(entry(LogEntry.Type.DATA, index, term, payload).build());
    }

    static byte[] data(long index, long term, String payload) {
        return data(index, term, payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] noOp(long index, long term) {
        return framed(entry(LogEntry.Type.NO_OP, index, term, new byte[0]).build());
    }

    static byte[] configuration(long index, long term, Configuration members) {
        return EntryCodec.configuration(index, term, members);
    }

    /** The entry with the checksum that JRaft gives it when told to. */
    static byte[] withChecksum(byte[] stored) {
        LogEntry entry = EntryCodec.decode(stored);
        byte[] tail =
                StoredEntry.newBuilder()
                        .setChecksum(entry.checksum(entry.members()))
                        .build()
                        .toByteArray();
        return ByteBuffer.allocate(stored.length + tail.length).put(stored).put(tail).array();
    }

    private static StoredEntry.Builder entry(
            LogEntry.Type type, long index, long term, byte[] payload) {
        return StoredEntry.newBuilder()
                .setType(type.number())
                .setTerm(term)
                .setIndex(index)
                .setData(ByteString.copyFrom(payload));
    }

    private static byte[] framed(StoredEntry entry) {
        return ByteBuffer.allocate(HEAD.length + entry.getSerializedSize())
                .put(HEAD)
                .put(entry.toByteArray())
                .array();
    }
}
