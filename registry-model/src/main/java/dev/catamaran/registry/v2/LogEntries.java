package dev.catamaran.registry.v2;

import com.alibaba.nacos.consistency.entity.ReadRequest;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;

/**
 * Bytes of a raft log entry (spec: jraft-groups 2.3). Leaders since 2.1 put two bytes in front that
 * tell a write from a read; older ones put none. We write them always and read both.
 */
public final class LogEntries {

    /** Longest entry taken, as the raft port takes no longer message. */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final byte MARK = 0x38;
    private static final byte READ = 1;
    private static final byte WRITE = 2;
    private static final int PREFIX = 2;

    private LogEntries() {}

    /** A log entry. */
    public sealed interface Entry {}

    /** A write to apply. */
    public record Write(WriteRequest request) implements Entry {}

    /** A read that some node put into the log; it changes nothing. */
    public record Read() implements Entry {}

    public static byte[] encode(WriteRequest request) {
        byte[] entry = new byte[PREFIX + request.getSerializedSize()];
        entry[0] = MARK;
        entry[1] = WRITE;
        System.arraycopy(request.toByteArray(), 0, entry, PREFIX, entry.length - PREFIX);
        return entry;
    }

    public static Decoded<Entry> decode(byte[] entry) {
        return Decoded.of(() -> read(entry));
    }

    private static Entry read(byte[] entry) {
        if (entry.length == 0 || entry.length > MAX_BYTES) {
            throw new DecodeException("has " + entry.length + " bytes", "log entry");
        }
        try {
            if (entry[0] == MARK && entry.length > 1 && entry[1] == READ) {
                ReadRequest unused = ReadRequest.parseFrom(entry);
                return new Read();
            }
            WriteRequest request = WriteRequest.parseFrom(entry);
            boolean marked = entry[0] == MARK;
            boolean saysWhat = !request.getOperation().isEmpty() || !request.getKey().isEmpty();
            return marked || saysWhat ? new Write(request) : new Read();
        } catch (InvalidProtocolBufferException e) {
            throw new DecodeException("is neither write nor read", "log entry", e);
        }
    }
}
