package dev.catamaran.tool.jraftdisk;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Defines RocksDB's classes from one jar, and our calls to them beside them, so that several
 * versions can be open in one process and none is on the class path.
 */
final class EngineLoader extends URLClassLoader {

    private static final String ROCKSDB = "org.rocksdb.";
    private static final String ENGINE = RocksDoor.class.getPackageName() + ".engine.";

    private final ClassLoader ours;

    EngineLoader(URL jar, ClassLoader ours) {
        super("rocksdb", new URL[] {jar}, ours);
        this.ours = ours;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean own = name.startsWith(ENGINE);
        if (!own && !name.startsWith(ROCKSDB)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return own ? define(name) : findClass(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = ours.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Resources of RocksDB, its native library first of all, come from the jar alone. */
    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }
}
