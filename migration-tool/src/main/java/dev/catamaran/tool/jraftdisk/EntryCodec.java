package dev.catamaran.tool.jraftdisk;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.tool.jraftdisk.wire.StoredEntry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Stored bytes of log entries, in both forms that JRaft has had (spec: jraft-disk 2). A pass over a
 * log decodes every entry, so decoding does not copy the payload.
 */
final class EntryCodec {

    /** How the second form begins: two bytes that name it, its version, three that are free. */
    private static final byte[] HEAD = {(byte) 0xBB, (byte) 0xD2, 1, 0, 0, 0};

    private static final byte OLD_HEAD = (byte) 0xB8;
    private static final int OLD_TYPE_AT = 1;
    private static final int OLD_PEERS_AT = 21;

    /** More members than any group has had. */
    private static final int MAX_PEERS = 1000;

    private static final LogEntry.Type[] TYPES = LogEntry.Type.values();

    private EntryCodec() {}

    /** Reads an entry; throws {@link DecodeException} if JRaft could not read it either. */
    static LogEntry decode(byte[] stored) {
        if (stored.length > HEAD.length && stored[0] == HEAD[0] && stored[1] == HEAD[1]) {
            if (stored[2] != HEAD[2]) {
                throw new DecodeException("has form 2." + stored[2], "head");
            }
            return new Fields(stored).read();
        }
        if (stored.length >= OLD_PEERS_AT && stored[0] == OLD_HEAD) {
            return decodeOld(stored);
        }
        throw new DecodeException("begins like no entry", "head");
    }

    /** The bytes of an entry with other members, in the form it had, with a new checksum. */
    static byte[] withMembers(LogEntry entry, Configuration members) {
        return entry.stored()[0] == OLD_HEAD
                ? encodeOld(entry, members)
                : encodeNew(entry, members);
    }

    /** A new configuration entry in the second form. */
    static byte[] configuration(long index, long term, Configuration members) {
        StoredEntry.Builder entry =
                StoredEntry.newBuilder()
                        .setType(LogEntry.Type.CONFIGURATION.number())
                        .setTerm(term)
                        .setIndex(index)
                        .setData(ByteString.EMPTY);
        return framed(withMembers(entry, members));
    }

    private static byte[] encodeNew(LogEntry entry, Configuration members) {
        try {
            ByteString body =
                    ByteString.copyFrom(
                            entry.stored(), HEAD.length, entry.stored().length - HEAD.length);
            StoredEntry.Builder changed =
                    StoredEntry.newBuilder()
                            .mergeFrom(body)
                            .clearPeers()
                            .clearOldPeers()
                            .clearLearners()
                            .clearOldLearners();
            if (entry.checksum().isPresent()) {
                changed.setChecksum(entry.checksum(members));
            }
            return framed(withMembers(changed, members));
        } catch (InvalidProtocolBufferException e) {
            throw new DecodeException("is no entry", "index " + entry.index(), e);
        }
    }

    private static StoredEntry withMembers(StoredEntry.Builder entry, Configuration members) {
        members.peers().forEach(peer -> entry.addPeers(bytes(peer)));
        members.oldPeers().forEach(peer -> entry.addOldPeers(bytes(peer)));
        members.learners().forEach(peer -> entry.addLearners(bytes(peer)));
        members.oldLearners().forEach(peer -> entry.addOldLearners(bytes(peer)));
        return entry.build();
    }

    private static byte[] framed(StoredEntry entry) {
        return ByteBuffer.allocate(HEAD.length + entry.getSerializedSize())
                .put(HEAD)
                .put(entry.toByteArray())
                .array();
    }

    private static ByteString bytes(Peer peer) {
        return ByteString.copyFrom(peer.text(), StandardCharsets.ISO_8859_1);
    }

    private static LogEntry decodeOld(byte[] stored) {
        try {
            ByteBuffer in = ByteBuffer.wrap(stored).position(OLD_TYPE_AT);
            LogEntry.Type type = type(in.getInt());
            long index = in.getLong();
            long term = in.getLong();
            List<Peer> peers = oldPeers(in);
            List<Peer> oldPeers = oldPeers(in);
            return new LogEntry(
                    type,
                    index,
                    term,
                    new Configuration(peers, oldPeers, List.of(), List.of()),
                    OptionalLong.empty(),
                    stored,
                    in.position(),
                    in.remaining());
        } catch (BufferUnderflowException e) {
            throw new DecodeException("ends too early", "entry", e);
        }
    }

    private static List<Peer> oldPeers(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > MAX_PEERS) {
            throw new DecodeException("names " + count + " members", "members");
        }
        List<Peer> peers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(text);
            peers.add(peer(text, 0, text.length));
        }
        return peers;
    }

    private static byte[] encodeOld(LogEntry entry, Configuration members) {
        int size = OLD_PEERS_AT + 2 * Integer.BYTES + entry.dataBytes();
        for (List<Peer> list : List.of(members.peers(), members.oldPeers())) {
            size += list.stream().mapToInt(peer -> Short.BYTES + peer.text().length()).sum();
        }
        ByteBuffer out =
                ByteBuffer.allocate(size)
                        .put(OLD_HEAD)
                        .putInt(entry.type().number())
                        .putLong(entry.index())
                        .putLong(entry.term());
        for (List<Peer> list : List.of(members.peers(), members.oldPeers())) {
            out.putInt(list.size());
            for (Peer peer : list) {
                byte[] text = peer.text().getBytes(StandardCharsets.ISO_8859_1);
                out.putShort((short) text.length).put(text);
            }
        }
        return out.put(entry.stored(), entry.dataAt(), entry.dataBytes()).array();
    }

    private static LogEntry.Type type(long number) {
        if (number < 1 || number > TYPES.length) {
            throw new DecodeException("has type " + number, "type");
        }
        return TYPES[(int) number - 1];
    }

    private static Peer peer(byte[] stored, int at, int length) {
        String text = new String(stored, at, length, StandardCharsets.ISO_8859_1);
        return Peer.parse(text)
                .orElseThrow(() -> new DecodeException("is no member's name: " + text, "members"));
    }

    /** Reads the protobuf form in place. */
    private static final class Fields {

        private static final int VARINT = 0;
        private static final int FIXED_64 = 1;
        private static final int BYTES = 2;
        private static final int FIXED_32 = 5;
        private static final int LONGEST_VARINT = 70;

        private final byte[] in;
        private int at = HEAD.length;

        private long type;
        private long term;
        private long index;
        private OptionalLong checksum = OptionalLong.empty();
        private int dataAt = -1;
        private int dataBytes;
        private @Nullable List<Peer> peers;
        private @Nullable List<Peer> oldPeers;
        private @Nullable List<Peer> learners;
        private @Nullable List<Peer> oldLearners;

        Fields(byte[] in) {
            this.in = in;
        }

        LogEntry read() {
            int seen = 0;
            while (at < in.length) {
                long tag = varint();
                int field = (int) (tag >>> 3);
                field(field, (int) tag & 7);
                seen |= field < 32 ? 1 << field : 0;
            }
            if ((seen & 0b100_1110) != 0b100_1110) {
                throw new DecodeException("lacks a field", "entry");
            }
            return new LogEntry(
                    type(type), index, term, members(), checksum, in, dataAt, dataBytes);
        }

        private Configuration members() {
            boolean none =
                    peers == null && oldPeers == null && learners == null && oldLearners == null;
            return none
                    ? Configuration.NONE
                    : new Configuration(
                            orNone(peers), orNone(oldPeers), orNone(learners), orNone(oldLearners));
        }

        private static List<Peer> orNone(@Nullable List<Peer> list) {
            return list == null ? List.of() : list;
        }

        private void field(int field, int wireType) {
            switch (wireType) {
                case VARINT -> number(field, varint());
                case BYTES -> bytes(field, length(varint()));
                case FIXED_64 -> at += length(Long.BYTES);
                case FIXED_32 -> at += length(Integer.BYTES);
                default -> throw new DecodeException("has no such wire type", "field " + field);
            }
        }

        private void number(int field, long value) {
            switch (field) {
                case StoredEntry.TYPE_FIELD_NUMBER -> type = value;
                case StoredEntry.TERM_FIELD_NUMBER -> term = value;
                case StoredEntry.INDEX_FIELD_NUMBER -> index = value;
                case StoredEntry.CHECKSUM_FIELD_NUMBER -> checksum = OptionalLong.of(value);
                default -> {
                    // of a later version
                }
            }
        }

        private void bytes(int field, int length) {
            switch (field) {
                case StoredEntry.DATA_FIELD_NUMBER -> {
                    dataAt = at;
                    dataBytes = length;
                }
                case StoredEntry.PEERS_FIELD_NUMBER -> peers = added(peers, length);
                case StoredEntry.OLD_PEERS_FIELD_NUMBER -> oldPeers = added(oldPeers, length);
                case StoredEntry.LEARNERS_FIELD_NUMBER -> learners = added(learners, length);
                case StoredEntry.OLD_LEARNERS_FIELD_NUMBER ->
                        oldLearners = added(oldLearners, length);
                default -> {
                    // of a later version
                }
            }
            at += length;
        }

        private List<Peer> added(@Nullable List<Peer> list, int length) {
            List<Peer> longer = list == null ? new ArrayList<>() : list;
            if (longer.size() >= MAX_PEERS) {
                throw new DecodeException("names over " + MAX_PEERS + " members", "members");
            }
            longer.add(peer(in, at, length));
            return longer;
        }

        private int length(long length) {
            if (length < 0 || length > in.length - at) {
                throw new DecodeException("ends too early", "entry");
            }
            return (int) length;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
                if (at >= in.length) {
                    throw new DecodeException("ends too early", "entry");
                }
                byte next = in[at++];
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new DecodeException("has an endless number", "entry");
        }
    }
}
