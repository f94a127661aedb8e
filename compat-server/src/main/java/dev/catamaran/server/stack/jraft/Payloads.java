package dev.catamaran.server.stack.jraft;

import com.alibaba.nacos.consistency.entity.WriteRequest;
import com.google.protobuf.ByteString;
import dev.catamaran.registry.decode.Decoded;
import dev.catamaran.registry.v2.SnapshotArchive;
import dev.catamaran.server.stack.jraft.GroupState.SnapshotFile;
import dev.catamaran.server.stack.jraft.GroupState.UnreadableEntryException;
import java.io.IOException;

/** Between the records' codecs and the shapes that groups use. */
final class Payloads {

    private Payloads() {}

    static WriteRequest request(String group, String operation, byte[] data) {
        return WriteRequest.newBuilder()
                .setGroup(group)
                .setOperation(operation)
                .setData(ByteString.copyFrom(data))
                .build();
    }

    static byte[] data(WriteRequest request) {
        return request.getData().toByteArray();
    }

    static <T> T read(Decoded<T> decoded) throws UnreadableEntryException {
        if (decoded instanceof Decoded.Refused<T> refused) {
            throw new UnreadableEntryException(refused.refusal().toString());
        }
        return decoded.orThrow();
    }

    static UnreadableEntryException unknownOperation(WriteRequest request) {
        return new UnreadableEntryException(
                "group " + request.getGroup() + " has no operation " + request.getOperation());
    }

    static SnapshotFile pack(SnapshotArchive archive, byte[] body) {
        byte[] packed = archive.pack(body);
        return new SnapshotFile(packed, archive.metaOf(packed));
    }

    static byte[] unpack(SnapshotFile file) throws IOException {
        return loaded(SnapshotArchive.unpack(file.bytes(), file.userMeta()));
    }

    static <T> T loaded(Decoded<T> decoded) throws IOException {
        if (decoded instanceof Decoded.Refused<T> refused) {
            throw new IOException("unreadable snapshot: " + refused.refusal());
        }
        return decoded.orThrow();
    }
}
