package dev.catamaran.tool.jraftdisk;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.tool.jraftdisk.wire.StoredSnapshot;
import dev.catamaran.tool.jraftdisk.wire.StoredVote;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file with one message and its name before it, as JRaft keeps them (spec: jraft-disk 2).
 *
 * @param messageName name that JRaft wrote
 * @param parser reads the message
 */
record MessageFile<T extends MessageLite>(String messageName, Parser<T> parser) {

    static final MessageFile<StoredVote> VOTE =
            new MessageFile<>("jraft.StablePBMeta", StoredVote.parser());
    static final MessageFile<StoredSnapshot> SNAPSHOT =
            new MessageFile<>("jraft.LocalSnapshotPbMeta", StoredSnapshot.parser());

    /** Longest message taken; real ones have some hundred bytes. */
    private static final int MAX_BYTES = 4 << 20;

    /**
     * The message in a file; throws {@link DecodeException} if there is none.
     *
     * @throws IOException if the file cannot be read
     */
    T read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            String name = new String(part(in, "name"), StandardCharsets.UTF_8);
            if (!name.equals(messageName)) {
                throw new DecodeException("holds a " + name + ", not a " + messageName, "name");
            }
            return parser.parseFrom(part(in, "message"));
        } catch (EOFException e) {
            throw new DecodeException("ends too early", messageName, e);
        } catch (InvalidProtocolBufferException e) {
            throw new DecodeException("cannot be read: " + e.getMessage(), messageName, e);
        }
    }

    private static byte[] part(DataInputStream in, String what) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new DecodeException("is said to have " + length + " bytes", what);
        }
        byte[] part = in.readNBytes(length);
        if (part.length < length) {
            throw new EOFException();
        }
        return part;
    }

    /**
     * Writes the message: synced under another name first, then renamed.
     *
     * @throws IOException if it cannot be written
     */
    void write(Path file, T message) throws IOException {
        byte[] name = messageName.getBytes(StandardCharsets.UTF_8);
        byte[] body = message.toByteArray();
        ByteBuffer bytes =
                ByteBuffer.allocate(2 * Integer.BYTES + name.length + body.length)
                        .putInt(name.length)
                        .put(name)
                        .putInt(body.length)
                        .put(body)
                        .flip();
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel out =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
