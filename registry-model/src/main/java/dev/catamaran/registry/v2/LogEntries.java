package dev.catamaran.registry.v2;

import com.alibaba.nacos.consistency.entity.ReadRequest;
import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.decode.Decoded;
import java.util.Optional;

/**
 * Bytes of a raft log entry (spec: jraft-groups 2.3). Leaders since 2.1 put two bytes in front that
 * tell a write from a read; older ones put none, and their entries are read by what they hold.
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

    /** The entry as a leader of that version writes it. */
    public static byte[] encode(WriteRequest request, ServerVersion version) {
        return version.has(ServerVersion.Feature.LOG_PREFIX)
                ? encode(request)
                : request.toByteArray();
    }

    /** The entry with its mark, which servers that write none read as well. */
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
        boolean marked = entry[0] == MARK && entry.length >= PREFIX;
        if (marked) {
            return entry[1] == READ ? read(entry, PREFIX) : write(entry, PREFIX);
        }
        // Old leaders mark nothing. A read has neither operation nor type, and its third field,
        // where
        // a write has its data, is a map; so real servers tell them apart in this order, too.
        Optional<WriteRequest> write = parsed(WriteRequest.parser(), entry, 0);
        boolean named =
                write.isPresent()
                        && (!write.get().getOperation().isEmpty()
                                || !write.get().getType().isEmpty());
        if (named) {
            return new Write(write.get());
        }
        if (parsed(ReadRequest.parser(), entry, 0).isPresent()) {
            return new Read();
        }
        return write(entry, 0);
    }

    private static Entry read(byte[] entry, int from) {
        return parsed(ReadRequest.parser(), entry, from)
                .map(request -> new Read())
                .orElseThrow(LogEntries::neither);
    }

    private static Entry write(byte[] entry, int from) {
        return new Write(
                parsed(WriteRequest.parser(), entry, from).orElseThrow(LogEntries::neither));
    }

    private static <T> Optional<T> parsed(Parser<T> parser, byte[] entry, int from) {
        try {
            return Optional.of(parser.parseFrom(entry, from, entry.length - from));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private static DecodeException neither() {
        return new DecodeException("is neither write nor read", "log entry");
    }
}
