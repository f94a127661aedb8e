package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Bytes of a raft log entry: {@code 38 02} and the protobuf of a write. {@code 38 01} marks a read
 * that an older leader appended; it changes nothing. Entries of 2.0.0 to 2.0.4 have no mark (spec:
 * jraft-groups 2.3).
 */
final class LogEntries {

    private static final byte MARK = 0x38;
    private static final byte READ = 0x01;
    private static final byte WRITE = 0x02;

    private LogEntries() {}

    static ByteBuffer encode(WriteRequest request) {
        ByteBuffer bytes = ByteBuffer.allocate(request.getSerializedSize() + 2);
        bytes.put(MARK).put(WRITE);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            request.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer of the computed size was too small", e);
        }
        return bytes.flip();
    }

    /** The write in an entry; empty for a read. Fails for what is neither. */
    static Optional<WriteRequest> decode(ByteBuffer entry) throws InvalidProtocolBufferException {
        ByteBuffer bytes = entry.duplicate();
        if (bytes.remaining() >= 2 && bytes.get(bytes.position()) == MARK) {
            byte kind = bytes.get(bytes.position() + 1);
            if (kind == READ) {
                return Optional.empty();
            }
            bytes.position(bytes.position() + 2);
        }
        WriteRequest request = WriteRequest.parseFrom(bytes);
        if (request.getOperation().isEmpty()) {
            throw new InvalidProtocolBufferException("entry without operation");
        }
        return Optional.of(request);
    }
}
