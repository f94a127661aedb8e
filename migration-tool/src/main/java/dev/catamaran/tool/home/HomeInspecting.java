package dev.catamaran.tool.home;

import dev.catamaran.registry.decode.DecodeException;
import dev.catamaran.registry.v1.BatchRequests;
import dev.catamaran.registry.v1.LegacyDatum;
import dev.catamaran.registry.v1.StoredDatums;
import dev.catamaran.registry.v2.GroupPayloads;
import dev.catamaran.tool.jraftdisk.GroupFolder;
import dev.catamaran.tool.jraftdisk.LoadedRocks;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreFinding;
import dev.catamaran.tool.jraftdisk.StoreLock;
import dev.catamaran.tool.jraftdisk.StoreReader;
import dev.catamaran.tool.records.RecordSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The reading of one home. */
final class HomeInspecting {

    /** Loads RocksDB when it is needed. */
    interface RocksSource {
        LoadedRocks get() throws IOException;
    }

    private final Path home;
    private final DataFolder data;
    private final RocksSource rocks;
    private final LegacyFiles files;
    private final Replays replays;
    private final List<HomeFinding> findings = new ArrayList<>();
    private final List<StoreFacts> stores = new ArrayList<>();
    private final Map<String, EntryReplay> entries = new TreeMap<>();
    private HomeInspection.Use use = HomeInspection.Use.UNKNOWN;

    HomeInspecting(Path home, DataFolder data, RocksSource rocks) {
        this.home = home;
        this.data = data;
        this.rocks = rocks;
        this.files = LegacyFiles.of(data);
        this.replays =
                new Replays(
                        new InstancesReplay(),
                        new ServicesReplay(),
                        new OverridesReplay(),
                        new KeyValueReplay(files.datums()));
    }

    HomeInspection run(Path scratch) throws IOException {
        readGroups(scratch);
        findings.addAll(files.findings());
        Optional<Boolean> upgraded = setting(data::upgraded).flatMap(value -> value);
        long term = setting(data::legacyTerm).orElse(0L);
        HomeRecords.VersionGuess version =
                new VersionGuesser(
                                stores,
                                secondGeneration().anyMatch(one -> one.writes() > 0),
                                secondGeneration().anyMatch(EntryReplay::isMarked),
                                upgraded.isPresent())
                        .guess(files, data.isOurs());
        Optional<StackRecords> legacy = legacy(term);
        Optional<StackRecords> jraft = jraft();
        Optional<StackRecords.Stack> primary = primary(legacy, jraft, upgraded);
        noteUnreadRecords(legacy, jraft, primary);
        return new HomeInspection(
                data.path(),
                use,
                stores,
                new HomeInspection.FileFacts(files.count(), term),
                upgraded,
                data.hasEmbeddedDatabase(),
                new HomeRecords(home, version, legacy, jraft, primary, findings));
    }

    /** A 1.4 may have written the entries of the key-value group, whoever runs here now. */
    private Stream<EntryReplay> secondGeneration() {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(BatchRequests.GROUP))
                .map(Map.Entry::getValue);
    }

    /** Something to read that may not be readable. */
    private interface Setting<T> {
        T read() throws IOException;
    }

    private <T> Optional<T> setting(Setting<T> setting) {
        try {
            return Optional.of(setting.read());
        } catch (IOException e) {
            findings.add(
                    HomeFinding.blocking(
                            String.valueOf(e.getMessage()),
                            data.path(),
                            "Run this as the user of the server; restore the file if it is"
                                    + " damaged."));
            return Optional.empty();
        }
    }

    private void readGroups(Path scratch) throws IOException {
        List<GroupFolder> groups = setting(() -> GroupFolder.in(data.raft())).orElse(List.of());
        if (groups.isEmpty()) {
            return;
        }
        use = useOf(groups);
        StoreReader reader = new StoreReader(rocks.get(), scratch);
        for (GroupFolder group : groups) {
            Optional<GroupReplay> replay = replays.of(group.name());
            if (replay.isPresent()) {
                replay(group, new EntryReplay(group, replay.get()), reader);
            } else {
                stores.add(reader.read(group, mayBeInUse(), entry -> {}));
            }
        }
    }

    private boolean mayBeInUse() {
        return use != HomeInspection.Use.FREE;
    }

    private void replay(GroupFolder group, EntryReplay replay, StoreReader reader) {
        replay.begin(setting(group::newestSnapshot).orElse(0L));
        StoreFacts facts = reader.read(group, mayBeInUse(), replay);
        stores.add(facts);
        entries.put(group.name(), replay);
        findings.addAll(replay.findings());
        facts.findings().forEach(finding -> addDamage(group.name(), finding));
    }

    private void addDamage(String group, StoreFinding finding) {
        findings.add(
                new HomeFinding(
                        finding.isDamage(),
                        "group " + group + ": " + finding.what(),
                        finding.where(),
                        finding.todo()));
    }

    private HomeInspection.Use useOf(List<GroupFolder> groups) {
        try {
            for (GroupFolder group : groups) {
                if (StoreLock.isHeld(group)) {
                    findings.add(
                            HomeFinding.note(
                                    "a server runs on this home; its last writes may be missing"
                                            + " here",
                                    group.lock(),
                                    "Stop the server before anything that writes."));
                    return HomeInspection.Use.IN_USE;
                }
            }
            return HomeInspection.Use.FREE;
        } catch (IOException e) {
            findings.add(
                    HomeFinding.note(
                            "whether a server runs on this home cannot be told: " + e.getMessage(),
                            data.raft(),
                            "Run this as the user of the server, or as root."));
            return HomeInspection.Use.UNKNOWN;
        }
    }

    private Optional<StackRecords> legacy(long term) {
        boolean hasGroup = entries.containsKey(BatchRequests.GROUP);
        if (!hasGroup && files.count() == 0 && term == 0) {
            return Optional.empty();
        }
        boolean oneThree =
                !hasGroup && stores.stream().noneMatch(HomeInspecting::isSecondGeneration);
        if (oneThree && (files.hasSuffixed() || (files.count() == 0 && term > 0))) {
            findings.add(
                    HomeFinding.blocking(
                            "the home of a 1.3.1 or 1.3.2 server: its files do not hold all"
                                    + " records, which that server keeps in memory only",
                            data.naming(),
                            "Export from a live member first: catamaran export --from-live URL"));
        }
        LegacyTable table = new LegacyTable();
        for (LegacyDatum datum : replays.keyValues().datums().values()) {
            try {
                table.add(datum);
            } catch (DecodeException e) {
                findings.add(
                        HomeFinding.blocking(
                                "a record of the 1.x store cannot be read: " + e.refusal(),
                                datum.key(),
                                "Take it from another member, or remove it there."));
            }
        }
        for (StoredDatums.Illegal illegal : replays.keyValues().illegal()) {
            findings.add(
                    HomeFinding.blocking(
                            LegacyFiles.illegalName(illegal.key(), illegal.complaint()),
                            "group " + illegal.file(),
                            LegacyFiles.ILLEGAL_NAME_ADVICE));
        }
        long differing = hasGroup ? replays.keyValues().differingFromFiles() : 0;
        if (differing > 0) {
            findings.add(
                    HomeFinding.note(
                            differing
                                    + " keys differ between the files and the group "
                                    + BatchRequests.GROUP
                                    + "; the group counts, as at the start of a server",
                            data.naming(),
                            "Nothing, if the server was killed; else compare the members."));
        }
        return Optional.of(
                new StackRecords(
                        StackRecords.Stack.LEGACY,
                        RecordSet.of(table.table()),
                        table.switches(),
                        progress(BatchRequests.GROUP::equals)));
    }

    private static boolean isSecondGeneration(StoreFacts store) {
        return store.group().equals(GroupPayloads.INSTANCES)
                || store.group().equals(GroupPayloads.SERVICE_METADATA);
    }

    private Optional<StackRecords> jraft() {
        if (stores.stream().noneMatch(HomeInspecting::isSecondGeneration)) {
            return Optional.empty();
        }
        return Optional.of(
                new StackRecords(
                        StackRecords.Stack.JRAFT,
                        RecordSet.of(replays.table(), replays.overrides().overrides()),
                        Optional.empty(),
                        progress(group -> !group.equals(BatchRequests.GROUP))));
    }

    private List<StackRecords.GroupProgress> progress(Predicate<String> wanted) {
        return stores.stream()
                .filter(facts -> wanted.test(facts.group()))
                .flatMap(
                        facts ->
                                Optional.ofNullable(entries.get(facts.group())).stream()
                                        .map(entry -> entry.progress(facts)))
                .toList();
    }

    /**
     * A server with 2.x groups answers from these, unless it is a 2.0 or 2.1 that has not yet
     * moved; without its note of that, the stack that has records (spec: jraft-groups 6.7).
     */
    private static Optional<StackRecords.Stack> primary(
            Optional<StackRecords> legacy,
            Optional<StackRecords> jraft,
            Optional<Boolean> upgraded) {
        if (jraft.isEmpty()) {
            return legacy.map(StackRecords::stack);
        }
        if (upgraded.isPresent()) {
            return Optional.of(
                    upgraded.get() || legacy.isEmpty()
                            ? StackRecords.Stack.JRAFT
                            : StackRecords.Stack.LEGACY);
        }
        return Optional.of(StackRecords.Stack.JRAFT);
    }

    /** Who went from 1.4 to 2.2 or later at once has the old records here, unread. */
    private void noteUnreadRecords(
            Optional<StackRecords> legacy,
            Optional<StackRecords> jraft,
            Optional<StackRecords.Stack> primary) {
        int old = legacy.map(stack -> stack.records().table().recordCount()).orElse(0);
        int now = jraft.map(stack -> stack.records().table().recordCount()).orElse(0);
        if (primary.equals(Optional.of(StackRecords.Stack.JRAFT)) && old > 0 && now == 0) {
            findings.add(
                    HomeFinding.note(
                            old
                                    + " records of the 1.x store lie here, and the server does not"
                                    + " read them: it answers from its 2.x groups, which are empty",
                            data.naming(),
                            "Carry them over: catamaran migrate --from " + home + " --to URL"));
        }
    }
}
