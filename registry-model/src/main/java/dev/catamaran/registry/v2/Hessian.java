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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One value as Hessian 2 bytes, without envelope (spec: jraft-groups 3.1.2). */
final class Hessian {

    /** Deepest nesting; the data needs 8. */
    static final int MAX_DEPTH = 32;

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

    private Hessian() {}

    /**
     * Reads one value. Objects become {@link WireObject}s of known types, maps and lists plain
     * ones; every other type is refused before anything of it is made.
     *
     * @param maxBytes longest input taken
     */
    static Object read(byte[] bytes, int maxBytes, String where) {
        if (bytes.length > maxBytes) {
            throw new DecodeException("is longer than " + maxBytes + " bytes", where);
        }
        Input input = new Input(bytes);
        try {
            Object value = input.readObject();
            if (value == null) {
                throw new DecodeException("is null", where);
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
    static WireObject read(byte[] bytes, int maxBytes, WireType type) {
        Object value = read(bytes, maxBytes, type.name());
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

        private int depth;

        Input(byte[] bytes) {
            super(new Whole(bytes));
            setSerializerFactory(new WireReaders());
        }

        @Override
        public Object readObject() throws IOException {
            if (depth == MAX_DEPTH) {
                throw new DecodeException("is nested deeper than " + MAX_DEPTH, "");
            }
            depth++;
            try {
                return super.readObject();
            } finally {
                depth--;
            }
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

        private static final Serializer OBJECTS = new ObjectWriter();

        @Override
        @SuppressWarnings("rawtypes")
        public Serializer getSerializer(Class type)
                throws com.caucho.hessian.io.HessianProtocolException {
            if (type == WireObject.class) {
                return OBJECTS;
            }
            if (PLAIN.contains(type)) {
                return super.getSerializer(type);
            }
            throw new IllegalArgumentException("no payload holds a " + type.getName());
        }
    }

    private static final class ObjectWriter extends AbstractSerializer {

        @Override
        public void writeObject(Object value, AbstractHessianOutput out) throws IOException {
            if (out.addRef(value)) {
                return;
            }
            WireObject object = (WireObject) value;
            WireType type = object.type();
            int known = out.writeObjectBegin(type.wireName());
            if (known == -1) {
                out.writeInt(type.fields().size());
                for (String field : type.fields()) {
                    out.writeString(field);
                }
                out.writeObjectBegin(type.wireName());
            }
            for (String field : type.fields()) {
                out.writeObject(object.get(field));
            }
        }
    }
}
