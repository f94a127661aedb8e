package dev.catamaran.server.boot;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Gathers raw settings, the strongest first: command line, environment, {@code
 * HOME/conf/application.properties}. Keys that only a real Nacos knows are left alone, except for
 * the port and the server identity, which mean the same here.
 */
final class SettingSources {

    static final String NACOS_PORT = "server.port";
    static final String NACOS_IDENTITY_KEY = "nacos.core.auth.server.identity.key";
    static final String NACOS_IDENTITY_VALUE = "nacos.core.auth.server.identity.value";

    /** Variables of the launcher, which the server does not read. */
    private static final Set<String> LAUNCHER_VARIABLES = Set.of("CATAMARAN_JAVA_OPTS");

    private static final String OUR_KEYS = "catamaran.";
    private static final String OUR_VARIABLES = "CATAMARAN_";

    /**
     * A value and where it was found.
     *
     * @param value the text
     * @param origin where it came from, for messages
     */
    record Raw(String value, String origin) {}

    /**
     * What was found.
     *
     * @param values the strongest value of each key
     * @param problems lines about keys nobody knows
     */
    record Gathered(Map<SettingKey, Raw> values, List<String> problems) {
        Optional<Raw> raw(SettingKey key) {
            return Optional.ofNullable(values.get(key));
        }
    }

    private final Map<SettingKey, Raw> values = new EnumMap<>(SettingKey.class);
    private final List<String> problems = new ArrayList<>();

    private SettingSources() {}

    /**
     * Gathers from all sources.
     *
     * @param commandLine options of the command line, by key
     * @param set values of {@code --set}, by the key as written
     * @param properties all properties of the JVM
     * @param environment all environment variables
     */
    static Gathered gather(
            Map<SettingKey, Raw> commandLine,
            Map<String, String> set,
            Map<String, String> properties,
            Map<String, String> environment) {
        SettingSources sources = new SettingSources();
        commandLine.forEach(sources.values::putIfAbsent);
        sources.addAll(set, "--set on the command line");
        sources.addAll(ours(properties), "-D of the JVM");
        sources.addEnvironment(environment);
        Raw home = sources.values.get(SettingKey.HOME);
        Path directory = Path.of(home == null ? SettingKey.HOME.fallback() : home.value());
        sources.addFile(directory.resolve("conf").resolve("application.properties"));
        return new Gathered(Map.copyOf(sources.values), List.copyOf(sources.problems));
    }

    private static Map<String, String> ours(Map<String, String> properties) {
        Map<String, String> ours = new TreeMap<>(properties);
        ours.keySet().removeIf(key -> !key.startsWith(OUR_KEYS));
        return ours;
    }

    private void addAll(Map<String, String> keys, String origin) {
        keys.forEach((key, value) -> add(key, new Raw(value, origin)));
    }

    private void addEnvironment(Map<String, String> environment) {
        for (String variable : new TreeSet<>(environment.keySet())) {
            if (!variable.startsWith(OUR_VARIABLES) || LAUNCHER_VARIABLES.contains(variable)) {
                continue;
            }
            Raw raw = new Raw(environment.get(variable), "environment variable " + variable);
            SettingKey.ofVariable(variable)
                    .ifPresentOrElse(
                            key -> values.putIfAbsent(key, raw),
                            () ->
                                    problems.add(
                                            "unknown environment variable "
                                                    + variable
                                                    + "; nearest known: "
                                                    + SettingForms.nearest(
                                                            variable, SettingKey.variables())));
        }
    }

    private void addFile(Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("cannot read " + file + ": " + e.getMessage());
            return;
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (key.startsWith(OUR_KEYS)) {
                add(key, new Raw(properties.getProperty(key).trim(), file.toString()));
            }
        }
        fromNacos(properties, file);
    }

    private void fromNacos(Properties properties, Path file) {
        String port = properties.getProperty(NACOS_PORT, "").trim();
        if (!port.isEmpty() && !port.contains("$")) {
            String origin = NACOS_PORT + " in " + file;
            values.putIfAbsent(SettingKey.ADDRESS, new Raw("127.0.0.1:" + port, origin));
        }
        String key = properties.getProperty(NACOS_IDENTITY_KEY, "").trim();
        String value = properties.getProperty(NACOS_IDENTITY_VALUE, "").trim();
        if (!key.isEmpty() && !value.isEmpty() && !values.containsKey(SettingKey.IDENTITY_KEY)) {
            String origin = NACOS_IDENTITY_KEY + " in " + file;
            values.put(SettingKey.IDENTITY_KEY, new Raw(key, origin));
            values.putIfAbsent(SettingKey.IDENTITY_VALUE, new Raw(value, origin));
        }
    }

    private void add(String key, Raw raw) {
        SettingKey.ofKey(key)
                .ifPresentOrElse(
                        known -> values.putIfAbsent(known, raw),
                        () ->
                                problems.add(
                                        "unknown key "
                                                + key
                                                + " ("
                                                + raw.origin()
                                                + "); nearest known: "
                                                + SettingForms.nearest(key, SettingKey.keys())));
    }

    /** Addresses in a file in the form of {@code cluster.conf} (spec: jraft-groups 6.1). */
    static List<String> clusterConf(Path file, int ownPort) {
        List<String> addresses = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                int comment = line.indexOf('#');
                String text = comment < 0 ? line : line.substring(0, comment);
                for (String part : text.split(",", -1)) {
                    String address = part.trim();
                    if (!address.isEmpty()) {
                        addresses.add(address.contains(":") ? address : address + ":" + ownPort);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return addresses;
    }
}
