package dev.catamaran.registry.v2;

import com.caucho.hessian.io.AbstractHessianOutput;
import com.caucho.hessian.io.AbstractSerializer;
import com.caucho.hessian.io.Hessian2Input;
import com.caucho.hessian.io.Hessian2Output;
import com.caucho.hessian.io.Serializer;
import com.caucho.hessian.io.SerializerFactory;
import dev.catamaran.registry.decode.DecodeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One value as Hessian 2 bytes, without envelope (spec: jraft-groups 3.1.2). */
final class Hessian {

    /** Deepest nesting; the data needs 8. */
    static final int MAX_DEPTH = 32;

    /**
     * Most characters that references may add to the texts of one value, as many as those of a 1.x
     * document may; real servers share no texts.
     */
    static final int MAX_REPEATED = 16 * 1024 * 1024;

    private static final Set<Class<?>> PLAIN =
            Set.of(
                    String.class,
                    Boolean.class,
                    Integer.class,
                    Long.class,
                    Double.class,
                    HashMap.class,
                    LinkedHashMap.class,
                    ConcurrentHashMap.class,
                    ArrayList.class,
                    LinkedList.class,
                    HashSet.class);

    /**
     * How much of one value is taken.
     *
     * @param maxBytes longest input
     * @param maxElements most objects, maps, lists and plain values in it, all counted: a few bytes
     *     of input can stand for an object of a hundred
     */
    record Limits(int maxBytes, int maxElements) {

        /** A log entry's payload; a service with a thousand clusters needs a quarter of it. */
        static final Limits PAYLOAD = new Limits(2 * 1024 * 1024, 200_000);

        /** A snapshot of a million instances, each of some forty elements. */
        static final Limits SNAPSHOT = new Limits(256 * 1024 * 1024, 50_000_000);

        /** Elements that a small input may have whatever its length. */
        private static final int SMALL = 64 * 1024;

        /** Fewest bytes of an element: clusters of short names have two, instances five. */
        private static final int ELEMENT_BYTES = 2;

        /** The same for an input of that many bytes: no more elements than such data can have. */
        Limits within(int bytes) {
            return new Limits(maxBytes, Math.min(maxElements, SMALL + bytes / ELEMENT_BYTES));
        }
    }

    private Hessian() {}

    /**
     * Reads one value. Objects become {@link WireObject}s of known types, maps and lists plain
     * ones; every other type is refused before anything of it is made.
     */
    static Object read(byte[] bytes, Limits limits, String where) {
        if (bytes.length > limits.maxBytes()) {
            throw new DecodeException("is longer than " + limits.maxBytes() + " bytes", where);
        }
        Input input = new Input(bytes, limits.maxElements());
        try {
            Object value = input.readObject();
            if (value == null) {
                throw new DecodeException("is null", where);
            }
            if (input.hasReferences) {
                long characters = (long) bytes.length + MAX_REPEATED;
                Unfolded.check(value, limits.maxElements(), characters, where);
            }
            return value;
        } catch (DecodeException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Hessian answers broken bytes with whatever its array accesses and casts throw.
            throw new DecodeException("not Hessian 2: " + e.getMessage(), where, e);
        }
    }

    /** Reads one object of the type given. */
    static WireObject read(byte[] bytes, Limits limits, WireType type) {
        Object value = read(bytes, limits, type.name());
        if (value instanceof WireObject object && object.type() == type) {
            return object;
        }
        throw new DecodeException("is another type of object", type.name());
    }

    static byte[] write(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hessian2Output output = new Hessian2Output(bytes);
        output.setSerializerFactory(new Writers());
        try {
            output.writeObject(value);
            output.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    private static final class Input extends Hessian2Input {

        private final int maxElements;
        private int elements;
        private int depth;
        private int made;
        private boolean hasReferences;

        Input(byte[] bytes, int maxElements) {
            super(new Whole(bytes));
            this.maxElements = maxElements;
            setSerializerFactory(new WireReaders());
        }

        @Override
        public Object readObject() throws IOException {
            if (depth == MAX_DEPTH) {
                throw new DecodeException("is nested deeper than " + MAX_DEPTH, "");
            }
            if (elements == maxElements) {
                throw new DecodeException("has more than " + maxElements + " elements", "");
            }
            elements++;
            depth++;
            int madeBefore = made;
            try {
                Object value = super.readObject();
                hasReferences |= made == madeBefore && isMade(value);
                return value;
            } finally {
                depth--;
            }
        }

        private static boolean isMade(@Nullable Object value) {
            return value instanceof WireObject
                    || value instanceof WireMap
                    || value instanceof WireList;
        }

        /** Each reader calls it once for what it makes, and nobody does for a reference. */
        @Override
        public int addRef(Object ref) {
            made++;
            return super.addRef(ref);
        }
    }

    /**
     * Says so when the input ends too early. The stock reader takes an end for the end of a list or
     * map, and fills the rest of a string with characters, so a torn payload would pass.
     */
    private static final class Whole extends ByteArrayInputStream {

        Whole(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            int read = super.read(buffer, offset, length);
            if (read < 0) {
                throw new DecodeException("ends too early", "");
            }
            return read;
        }
    }

    private static final class Writers extends SerializerFactory {

        private static final Serializer MAPS = new MapWriter();
        private static final Serializer LISTS = new ListWriter();

        private final Serializer objects = new ObjectWriter();

        @Override
        @SuppressWarnings("rawtypes")
        public Serializer getSerializer(Class type)
                throws com.caucho.hessian.io.HessianProtocolException {
            if (type == WireObject.class) {
                return objects;
            }
            if (type == WireMap.class) {
                return MAPS;
            }
            if (type == WireList.class) {
                return LISTS;
            }
            if (PLAIN.contains(type)) {
                return super.getSerializer(type);
            }
            throw new IllegalArgumentException("no payload holds a " + type.getName());
        }
    }

    private static final class ObjectWriter extends AbstractSerializer {

        /** What was defined for each type: a payload has one definition of it. */
        private final Map<WireType, String[]> defined = new EnumMap<>(WireType.class);

        @Override
        public void writeObject(Object value, AbstractHessianOutput out) throws IOException {
            if (out.addRef(value)) {
                return;
            }
            WireObject object = (WireObject) value;
            WireType type = object.type();
            String[] fields = object.fields();
            if (!Arrays.equals(defined.computeIfAbsent(type, first -> fields), fields)) {
                throw new IllegalArgumentException("two forms of " + type + " in one payload");
            }
            int known = out.writeObjectBegin(type.wireName());
            if (known == -1) {
                out.writeInt(fields.length);
                for (String field : fields) {
                    out.writeString(field);
                }
                out.writeObjectBegin(type.wireName());
            }
            for (int i = 0; i < fields.length; i++) {
                out.writeObject(object.getAt(i));
            }
        }
    }

    /** Writes what was read with the type it was read with. */
    private static final class MapWriter extends AbstractSerializer {

        @Override
        public void writeObject(Object value, AbstractHessianOutput out) throws IOException {
            if (out.addRef(value)) {
                return;
            }
            WireMap map = (WireMap) value;
            out.writeMapBegin(map.type().isEmpty() ? null : map.type());
            for (Map.Entry<Object, @Nullable Object> entry : map.entrySet()) {
                out.writeObject(entry.getKey());
                out.writeObject(entry.getValue());
            }
            out.writeMapEnd();
        }
    }

    /** Writes what was read with the type it was read with. */
    private static final class ListWriter extends AbstractSerializer {

        @Override
        public void writeObject(Object value, AbstractHessianOutput out) throws IOException {
            if (out.addRef(value)) {
                return;
            }
            WireList list = (WireList) value;
            boolean hasEnd =
                    out.writeListBegin(list.size(), list.type().isEmpty() ? null : list.type());
            for (Object element : list) {
                out.writeObject(element);
            }
            if (hasEnd) {
                out.writeListEnd();
            }
        }
    }
}
