package dev.catamaran.tool.command;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.home.HomeFinding;
import dev.catamaran.tool.home.HomeInspection;
import dev.catamaran.tool.home.HomeInspector;
import dev.catamaran.tool.home.HomeRecords;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.path.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a home tells of its cluster, as far as a way is planned by it.
 *
 * @param version the oldest version that may have written it
 * @param nodes members of its groups; 3 if it names none
 * @param storage where its configuration lives
 * @param records services and instances it holds
 * @param notes what the reader should know of these
 */
record PlannedHome(
        MemberVersion version,
        int nodes,
        Situation.Storage storage,
        OptionalLong records,
        List<String> notes) {

    /** Servers replicate their configuration in this group if it lives in them. */
    private static final String CONFIG = "nacos_config";

    /** Most clusters have three members. */
    private static final int USUAL_NODES = 3;

    PlannedHome {
        requireNonNull(version, "version is null");
        requireNonNull(storage, "storage is null");
        requireNonNull(records, "records is null");
        notes = List.copyOf(notes);
    }

    /** How reading ended. */
    sealed interface Reading {

        /** It tells enough. */
        record Known(PlannedHome home) implements Reading {}

        /** Nothing can be planned by it. */
        record Unusable(String why) implements Reading {}
    }

    static Reading read(Path home) throws IOException {
        try (HomeInspector inspector = HomeInspector.open(Optional.empty())) {
            HomeInspector.Answer answer = inspector.inspect(home);
            return answer instanceof HomeInspector.Answer.NoHome none
                    ? new Reading.Unusable(none.finding().text())
                    : of(((HomeInspector.Answer.Inspected) answer).inspection());
        }
    }

    private static Reading of(HomeInspection inspection) {
        HomeRecords records = inspection.records();
        HomeRecords.VersionGuess guess = records.version();
        Optional<MemberVersion> oldest = guess.oldest().flatMap(MemberVersion::parse);
        if (oldest.isEmpty()) {
            return new Reading.Unusable(
                    "which server wrote it cannot be told ("
                            + guess.text()
                            + ", because "
                            + guess.because()
                            + "). Name the version instead.");
        }
        List<String> notes = new ArrayList<>();
        notes.add("The home was written by Nacos " + guess.text() + ": " + guess.because() + ".");
        if (!oldest.get().text().equals(guess.text())) {
            notes.add(
                    "Planned from "
                            + oldest.get()
                            + ", the oldest of these. Name the version if you know it: --from"
                            + " VERSION.");
        }
        records.findings().stream()
                .filter(HomeFinding::blocks)
                .forEach(finding -> notes.add("! " + finding.text()));
        return new Reading.Known(
                new PlannedHome(
                        oldest.get(),
                        nodes(inspection),
                        storage(inspection),
                        count(records),
                        notes));
    }

    private static int nodes(HomeInspection inspection) {
        return inspection.stores().stream()
                .flatMap(store -> store.configuration().stream())
                .mapToInt(members -> members.peers().size())
                .max()
                .orElse(USUAL_NODES);
    }

    /** A cluster without the group keeps its configuration in a database of its own. */
    private static Situation.Storage storage(HomeInspection inspection) {
        List<String> groups = inspection.stores().stream().map(StoreFacts::group).toList();
        if (inspection.embeddedDatabase() || groups.contains(CONFIG)) {
            return Situation.Storage.EMBEDDED;
        }
        return groups.isEmpty() ? Situation.Storage.UNKNOWN : Situation.Storage.EXTERNAL;
    }

    private static OptionalLong count(HomeRecords records) {
        return records.answered().stream()
                .mapToLong(stack -> stack.records().table().recordCount())
                .findFirst();
    }
}
