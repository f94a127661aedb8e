package dev.catamaran.registry.v2;

import com.caucho.hessian.io.AbstractDeserializer;
import com.caucho.hessian.io.AbstractHessianInput;
import com.caucho.hessian.io.Deserializer;
import com.caucho.hessian.io.SerializerFactory;
import dev.catamaran.registry.decode.DecodeException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the Hessian reader may make of a type name on the wire (spec: jraft-disk 8). Every
 * way by which the stock factory comes from a name to a class is overridden here and never asked:
 * it answers unknown names with maps, and some JDK names with live objects.
 */
final class WireReaders extends SerializerFactory {

    /** Most fields of one object; the largest type has ten. */
    private static final int MAX_FIELDS = 64;

    private static final Set<String> MAPS =
            Set.of(
                    "",
                    "java.util.HashMap",
                    "java.util.LinkedHashMap",
                    "java.util.concurrent.ConcurrentHashMap");

    private static final Set<String> LISTS =
            Set.of(
                    "",
                    "java.util.ArrayList",
                    "java.util.LinkedList",
                    "java.util.HashSet",
                    "java.util.LinkedHashSet");

    @Override
    public Deserializer getObjectDeserializer(String type) {
        return new Objects(WireType.named(type).orElseThrow(() -> refused("object", type)));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Deserializer getObjectDeserializer(String type, Class wanted) {
        return getObjectDeserializer(type);
    }

    @Override
    public Deserializer getListDeserializer(@Nullable String type) {
        if (LISTS.contains(type == null ? "" : type)) {
            return new Lists(type == null ? "" : type);
        }
        throw refused("list", type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Deserializer getListDeserializer(@Nullable String type, @Nullable Class wanted) {
        return getListDeserializer(type);
    }

    @Override
    public Object readList(AbstractHessianInput in, int length, @Nullable String type)
            throws IOException {
        return getListDeserializer(type).readList(in, length);
    }

    @Override
    public Object readMap(AbstractHessianInput in, @Nullable String type) throws IOException {
        if (!MAPS.contains(type == null ? "" : type)) {
            throw refused("map", type);
        }
        WireMap map = new WireMap(type == null ? "" : type);
        in.addRef(map);
        while (!in.isEnd()) {
            Object key = in.readObject();
            if (!(key instanceof String || key instanceof WireObject)) {
                throw new DecodeException("map has a key that is neither text nor object", "");
            }
            map.put(key, in.readObject());
        }
        in.readEnd();
        return map;
    }

    @Override
    public Deserializer getDeserializer(@Nullable String type) {
        throw refused("value", type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Deserializer getDeserializer(Class type) {
        throw refused("value", type.getName());
    }

    @Override
    public Class<?> loadSerializedClass(String type) {
        throw refused("class", type);
    }

    private static DecodeException refused(String kind, @Nullable String type) {
        return new DecodeException("type is not allowed for a " + kind + ": " + type, "");
    }

    private static final class Objects extends AbstractDeserializer {

        private final WireType type;

        Objects(WireType type) {
            this.type = type;
        }

        @Override
        public Class<?> getType() {
            return WireObject.class;
        }

        @Override
        public Object[] createFields(int count) {
            if (count < 0 || count > MAX_FIELDS) {
                throw new DecodeException("object has " + count + " fields", type.name());
            }
            return new String[count];
        }

        @Override
        public Object createField(String name) {
            return name;
        }

        @Override
        public Object readObject(AbstractHessianInput in, Object[] fields) throws IOException {
            WireObject object = new WireObject(type, (String[]) fields);
            in.addRef(object);
            for (int i = 0; i < fields.length; i++) {
                object.setAt(i, in.readObject());
            }
            return object;
        }
    }

    private static final class Lists extends AbstractDeserializer {

        private final String type;

        Lists(String type) {
            this.type = type;
        }

        @Override
        public Class<?> getType() {
            return List.class;
        }

        @Override
        public Object readList(AbstractHessianInput in, int length) throws IOException {
            WireList list = new WireList(type);
            in.addRef(list);
            while (!in.isEnd()) {
                list.add(in.readObject());
            }
            in.readEnd();
            return list;
        }

        @Override
        public Object readLengthList(AbstractHessianInput in, int length) throws IOException {
            WireList list = new WireList(type);
            in.addRef(list);
            for (int i = 0; i < length; i++) {
                list.add(in.readObject());
            }
            return list;
        }
    }
}
