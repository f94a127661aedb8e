package dev.catamaran.tool.home;

import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.tool.jraftdisk.RocksVersion;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which server wrote a home last: from its groups, the RocksDB of their logs, and the form of their
 * entries (spec: jraft-disk 1, jraft-groups 1.4, 2.3). Guesses no further than these tell.
 */
final class VersionGuesser {

    private static final String LOCKS = "lock_acquire_service_v2";
    private static final String CONFIG = "nacos_config";

    private final Set<String> groups;
    private final Optional<RocksVersion> rocks;
    private final boolean marked;
    private final boolean hasWrites;
    private final boolean hasUpgradeState;

    /**
     * @param stores the home's groups
     * @param hasWrites whether a naming group of 2.x has a write in its log
     * @param marked whether such writes have the mark of later versions
     * @param hasUpgradeState whether there is a file upgrade.state
     */
    VersionGuesser(
            List<StoreFacts> stores, boolean hasWrites, boolean marked, boolean hasUpgradeState) {
        this.groups = stores.stream().map(StoreFacts::group).collect(Collectors.toSet());
        this.rocks =
                stores.stream()
                        .flatMap(store -> RocksVersion.parse(store.rocksdbVersion()).stream())
                        .max(
                                Comparator.comparingInt(RocksVersion::major)
                                        .thenComparingInt(RocksVersion::minor)
                                        .thenComparing(RocksVersion::rest));
        this.hasWrites = hasWrites;
        this.marked = marked;
        this.hasUpgradeState = hasUpgradeState;
    }

    /** A guess for a home with these 1.x files. */
    HomeRecords.VersionGuess guess(LegacyFiles files, boolean ours) {
        HomeRecords.VersionGuess guess = real(files);
        return ours
                ? new HomeRecords.VersionGuess(
                        "a Catamaran member's, in the form of Nacos " + guess.text(),
                        "it has data/catamaran; " + guess.because(),
                        Optional.empty())
                : guess;
    }

    private HomeRecords.VersionGuess real(LegacyFiles files) {
        if (groups.contains(LOCKS)) {
            return guess("3.0 or later", "it has the group " + LOCKS);
        }
        if (groups.contains(GroupPayloads.INSTANCES)
                || groups.contains(GroupPayloads.SERVICE_METADATA)) {
            return ofSecondGeneration();
        }
        if (groups.contains(BatchRequests.GROUP)) {
            return guess(
                    switch (line()) {
                        case "5.18.3" -> "1.4.0";
                        case "6.22" -> "1.4.4 to 1.4.8";
                        case "5.18" -> "1.4.1 to 1.4.3";
                        default -> "1.4";
                    },
                    "its only naming group is " + BatchRequests.GROUP + rocksText());
        }
        if (files.hasSuffixed()) {
            return guess("1.3.1 or 1.3.2", "its record files end in .datum");
        }
        if (groups.contains(CONFIG)) {
            return guess("1.3", "it has the group " + CONFIG + " and no naming group");
        }
        return guess(
                "1.0 to 1.3, or older", "it has record files of the 1.x store and no raft group");
    }

    private HomeRecords.VersionGuess ofSecondGeneration() {
        String because = "it has the 2.x naming groups" + rocksText();
        return switch (line()) {
            case "8.8" -> guess("2.3.1 to 2.5", because);
            case "7.7" -> guess("2.2.1 to 2.3.0", because);
            case "5.18", "5.18.3" -> ofOldRocks(because);
            default -> guess("2.x", because);
        };
    }

    private HomeRecords.VersionGuess ofOldRocks(String because) {
        String state = hasUpgradeState ? ", it has upgrade.state" : "";
        if (!hasWrites) {
            return guess(hasUpgradeState ? "2.0.0 to 2.1.2" : "2.0.0 to 2.2.0.1", because + state);
        }
        return marked
                ? guess(
                        hasUpgradeState ? "2.1.0 to 2.1.2" : "2.1.0 to 2.2.0.1",
                        because + state + ", its entries have a mark")
                : guess("2.0.0 to 2.0.4", because + state + ", its entries have no mark");
    }

    /** The text begins with the oldest version, unless no version can be told. */
    private static HomeRecords.VersionGuess guess(String text, String because) {
        String first = text.split("[ ,]", 2)[0];
        return new HomeRecords.VersionGuess(
                text, because, Optional.of(first).filter(one -> one.matches("\\d+(\\.\\d+)+")));
    }

    /** The RocksDB's line; of 5.18 also the one patch that tells servers apart. */
    private String line() {
        return rocks.map(
                        version ->
                                version.toString().equals("5.18.3")
                                        ? "5.18.3"
                                        : version.major() + "." + version.minor())
                .orElse("");
    }

    private String rocksText() {
        return rocks.map(version -> ", written by RocksDB " + version).orElse("");
    }
}
