package dev.catamaran.server.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every key an operator can set. Documented in docs/reference/configuration.md. */
enum SettingKey {
    HOME("catamaran.home", "./catamaran-home", "a directory"),
    ADDRESS("catamaran.address", "127.0.0.1:8848", "IP:PORT with a port from 1001 to 64534"),
    MEMBERS("catamaran.members", "", "IP:PORT,IP:PORT,..."),
    PLANNED("catamaran.planned", "", "IP:PORT,IP:PORT,... of catamaran.members"),
    LEGACY_LEADER_TIMEOUT("catamaran.legacy.leader-timeout", "5s", SettingForms.DURATION),
    LEGACY_BEAT_INTERVAL("catamaran.legacy.beat-interval", "1s", SettingForms.DURATION),
    LEGACY_RULES("catamaran.legacy.rules", "own", "own or shared"),
    JRAFT_ELECTION_TIMEOUT("catamaran.jraft.election-timeout", "2s", SettingForms.DURATION),
    WRITE_HOLD("catamaran.write.hold", "2s", SettingForms.DURATION),
    FENCE_LIMIT("catamaran.fence.limit", "5s", SettingForms.DURATION),
    FULL_PASS_INTERVAL("catamaran.mirror.full-pass-interval", "60s", SettingForms.DURATION),
    REPORT_INTERVAL("catamaran.report.interval", "2s", SettingForms.DURATION),
    IDENTITY_KEY("catamaran.identity.key", "", "a header name"),
    IDENTITY_VALUE("catamaran.identity.value", "", "a secret text"),
    UPGRADE_POLICY("catamaran.upgrade.policy", "operator", "auto or operator"),
    DOWNGRADE_POLICY("catamaran.downgrade.policy", "operator", "auto, operator or never"),
    TARGET_VERSION("catamaran.target-version", "", "a version of Catamaran, like 0.1.0");

    private final String key;
    private final String fallback;
    private final String form;

    SettingKey(String key, String fallback, String form) {
        this.key = key;
        this.fallback = fallback;
        this.form = form;
    }

    /** The key as it is written in files and after {@code --set}. */
    String key() {
        return key;
    }

    /** The value used when nothing says otherwise; empty when there is none. */
    String fallback() {
        return fallback;
    }

    /** What a value looks like, for messages. */
    String form() {
        return form;
    }

    /** The environment variable that sets it. */
    String variable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    static Optional<SettingKey> ofKey(String text) {
        return Arrays.stream(values()).filter(known -> known.key.equals(text)).findFirst();
    }

    static Optional<SettingKey> ofVariable(String text) {
        return Arrays.stream(values()).filter(known -> known.variable().equals(text)).findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(SettingKey::key).toList();
    }

    static List<String> variables() {
        return Arrays.stream(values()).map(SettingKey::variable).toList();
    }
}
