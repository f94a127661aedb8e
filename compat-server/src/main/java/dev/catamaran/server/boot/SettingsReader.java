package dev.catamaran.server.boot;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.server.boot.ServerSettings.Identity;
import dev.catamaran.server.boot.SettingForms.Address;
import dev.catamaran.server.boot.SettingSources.Gathered;
import dev.catamaran.server.boot.SettingSources.Raw;
import dev.catamaran.server.stack.legacy.LegacySettings;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns raw settings into {@link ServerSettings}, or into the list of everything wrong. */
final class SettingsReader {

    /** How reading ended. */
    sealed interface Reading {

        /** All settings are usable. */
        record Usable(ServerSettings settings) implements Reading {}

        /** At least one is not; every problem is named. */
        record Unusable(List<String> problems) implements Reading {}
    }

    private final Gathered gathered;
    private final List<String> problems;

    private SettingsReader(Gathered gathered) {
        this.gathered = gathered;
        this.problems = new ArrayList<>(gathered.problems());
    }

    /** Reads all sources; see {@link SettingSources#gather}. */
    static Reading read(
            Map<SettingKey, Raw> commandLine,
            Map<String, String> set,
            Map<String, String> properties,
            Map<String, String> environment) {
        return new SettingsReader(SettingSources.gather(commandLine, set, properties, environment))
                .settings();
    }

    private Reading settings() {
        Path home = Path.of(text(SettingKey.HOME)).toAbsolutePath().normalize();
        Address address = address();
        List<String> members = members(home, address);
        ServerSettings settings =
                new ServerSettings(
                        home,
                        address.host(),
                        address.port(),
                        members,
                        planned(members, address),
                        duration(SettingKey.LEGACY_LEADER_TIMEOUT),
                        duration(SettingKey.LEGACY_BEAT_INTERVAL),
                        choice(SettingKey.LEGACY_RULES, "own", "shared").equals("shared")
                                ? LegacySettings.Rules.SHARED
                                : LegacySettings.Rules.OWN,
                        duration(SettingKey.JRAFT_ELECTION_TIMEOUT),
                        duration(SettingKey.WRITE_HOLD),
                        duration(SettingKey.FENCE_LIMIT),
                        duration(SettingKey.FULL_PASS_INTERVAL),
                        duration(SettingKey.REPORT_INTERVAL),
                        identity(),
                        choice(SettingKey.UPGRADE_POLICY, "auto", "operator"),
                        choice(SettingKey.DOWNGRADE_POLICY, "auto", "operator", "never"),
                        targetVersion());
        if (settings.legacyLeaderTimeout().compareTo(settings.legacyBeatInterval()) <= 0) {
            problems.add(
                    SettingKey.LEGACY_LEADER_TIMEOUT.key()
                            + " must be longer than "
                            + SettingKey.LEGACY_BEAT_INTERVAL.key());
        }
        return problems.isEmpty()
                ? new Reading.Usable(settings)
                : new Reading.Unusable(List.copyOf(problems));
    }

    private Optional<MemberVersion> targetVersion() {
        String text = text(SettingKey.TARGET_VERSION).trim();
        Optional<MemberVersion> version = MemberVersion.parse(text);
        if (version.isEmpty() && !text.isEmpty()) {
            bad(SettingKey.TARGET_VERSION, text);
        }
        return version;
    }

    private Address address() {
        String text = text(SettingKey.ADDRESS);
        return SettingForms.address(text)
                .orElseGet(
                        () -> {
                            bad(SettingKey.ADDRESS, text);
                            return new Address("127.0.0.1", 8848);
                        });
    }

    private List<String> members(Path home, Address self) {
        Optional<Raw> raw = gathered.raw(SettingKey.MEMBERS);
        if (raw.isPresent()) {
            List<String> texts =
                    Arrays.stream(raw.get().value().split(",", -1)).map(String::trim).toList();
            return checked(texts, SettingKey.MEMBERS.key() + " (" + raw.get().origin() + ")");
        }
        Path file = home.resolve("conf").resolve("cluster.conf");
        if (!Files.isRegularFile(file)) {
            return List.of(self.text());
        }
        try {
            return checked(SettingSources.clusterConf(file, self.port()), file.toString());
        } catch (UncheckedIOException e) {
            problems.add("cannot read " + file + ": " + e.getMessage());
            return List.of(self.text());
        }
    }

    /** All of the members, unless some are named; those must be members, this one among them. */
    private List<String> planned(List<String> members, Address self) {
        Optional<Raw> raw = gathered.raw(SettingKey.PLANNED).filter(set -> !set.value().isBlank());
        if (raw.isEmpty()) {
            return members;
        }
        String origin = SettingKey.PLANNED.key() + " (" + raw.get().origin() + ")";
        List<String> texts =
                Arrays.stream(raw.get().value().split(",", -1)).map(String::trim).toList();
        List<String> planned = checked(texts, origin);
        planned.stream()
                .filter(address -> !members.contains(address))
                .forEach(
                        address ->
                                problems.add(
                                        address + " in " + origin + " is no member of the list"));
        if (!planned.contains(self.text())) {
            problems.add(origin + " does not name this member " + self.text());
        }
        return planned;
    }

    private List<String> checked(List<String> texts, String origin) {
        Set<String> members = new TreeSet<>();
        for (String text : texts) {
            if (SettingForms.address(text).isEmpty()) {
                problems.add(
                        "member '"
                                + text
                                + "' in "
                                + origin
                                + " is not "
                                + SettingKey.ADDRESS.form());
            } else if (!members.add(text)) {
                problems.add("member " + text + " stands twice in " + origin);
            }
        }
        return List.copyOf(members);
    }

    private Optional<Identity> identity() {
        String key = text(SettingKey.IDENTITY_KEY);
        String value = text(SettingKey.IDENTITY_VALUE);
        if (key.isEmpty() != value.isEmpty()) {
            problems.add(
                    SettingKey.IDENTITY_KEY.key()
                            + " and "
                            + SettingKey.IDENTITY_VALUE.key()
                            + " must be set together");
            return Optional.empty();
        }
        return key.isEmpty() ? Optional.empty() : Optional.of(new Identity(key, value));
    }

    private Duration duration(SettingKey key) {
        String text = text(key);
        return SettingForms.duration(text)
                .orElseGet(
                        () -> {
                            bad(key, text);
                            return Duration.ofSeconds(1);
                        });
    }

    private String choice(SettingKey key, String... allowed) {
        String text = text(key);
        if (!Arrays.asList(allowed).contains(text)) {
            bad(key, text);
        }
        return text;
    }

    private String text(SettingKey key) {
        return gathered.raw(key).map(Raw::value).orElse(key.fallback()).trim();
    }

    private void bad(SettingKey key, String text) {
        String origin = gathered.raw(key).map(Raw::origin).orElse("default");
        problems.add(key.key() + " = '" + text + "' (" + origin + ") is not " + key.form());
    }
}
