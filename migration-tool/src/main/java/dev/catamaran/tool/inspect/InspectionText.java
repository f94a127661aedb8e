package dev.catamaran.tool.inspect;

import dev.catamaran.tool.home.HomeFinding;
import dev.catamaran.tool.home.HomeInspection;
import dev.catamaran.tool.home.HomeRecords;
import dev.catamaran.tool.home.StackRecords;
import dev.catamaran.tool.jraftdisk.Configuration;
import dev.catamaran.tool.jraftdisk.LogFacts;
import dev.catamaran.tool.jraftdisk.Peer;
import dev.catamaran.tool.jraftdisk.SnapshotFacts;
import dev.catamaran.tool.jraftdisk.StoreFacts;
import dev.catamaran.tool.jraftdisk.StoreFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An inspection for people: what it is, its groups, its records, what is wrong. */
public final class InspectionText {

    private static final int DIGEST_SHOWN = 16;

    private InspectionText() {}

    /** The inspection as lines. */
    public static String of(HomeInspection inspection) {
        StringBuilder out = new StringBuilder();
        HomeRecords records = inspection.records();
        line(out, records.home().toString());
        line(out, "  server     Nacos " + records.version().text());
        line(out, "             because " + records.version().because());
        line(out, "  in use     " + use(inspection.use()));
        line(out, "  database   " + (inspection.embeddedDatabase() ? "embedded" : "none here"));
        inspection
                .upgraded()
                .ifPresent(value -> line(out, "  upgrade.state says upgraded=" + value));
        line(
                out,
                "  1.x files  "
                        + inspection.legacyFiles().count()
                        + " records, term "
                        + inspection.legacyFiles().term());
        groups(out, inspection.stores());
        memories(out, inspection.stores());
        stacks(out, records);
        findings(out, inspection);
        return out.toString();
    }

    private static String use(HomeInspection.Use use) {
        return switch (use) {
            case IN_USE -> "yes, a server runs on it";
            case FREE -> "no";
            case UNKNOWN -> "cannot be told";
        };
    }

    private static void groups(StringBuilder out, List<StoreFacts> stores) {
        if (stores.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("group", "term", "vote", "log", "committed", "last conf", "state"));
        for (StoreFacts store : stores) {
            rows.add(
                    List.of(
                            store.group(),
                            store.vote().map(vote -> "" + vote.term()).orElse("?"),
                            store.vote()
                                    .flatMap(StoreFacts.Vote::votedFor)
                                    .map(Peer::text)
                                    .orElse("-"),
                            store.log().map(InspectionText::range).orElse("?"),
                            ">= " + store.committedAtLeast(),
                            store.configuration().map(InspectionText::members).orElse("none"),
                            store.isWhole() ? "whole" : "DAMAGED"));
        }
        line(out, "");
        table(out, rows);
        StoreFacts first = stores.get(0);
        if (!first.rocksdbVersion().isEmpty()) {
            line(out, "  written by RocksDB " + first.rocksdbVersion());
        }
    }

    private static void memories(StringBuilder out, List<StoreFacts> stores) {
        List<String> plain = new ArrayList<>();
        for (StoreFacts store : stores) {
            List<String> lines = memory(store);
            if (lines.size() == 1 && store.snapshots().isEmpty()) {
                plain.add(store.group());
            } else if (!lines.isEmpty()) {
                line(out, "");
                line(out, "  " + store.group());
                lines.forEach(text -> line(out, "    " + text));
            }
        }
        if (!plain.isEmpty()) {
            line(out, "");
            line(out, "  one configuration throughout and no snapshot:");
            plain.forEach(group -> line(out, "    " + group));
        }
    }

    /** What a group remembers beyond its last entry: who was in it from where on, snapshots. */
    private static List<String> memory(StoreFacts store) {
        Optional<Configuration> before = Optional.empty();
        List<String> lines = new ArrayList<>();
        for (LogFacts.ConfigurationEntry entry :
                store.log().map(LogFacts::configurations).orElse(List.of())) {
            if (!before.equals(Optional.of(entry.members()))) {
                lines.add(
                        "from index "
                                + entry.index()
                                + ", term "
                                + entry.term()
                                + ": "
                                + everybody(entry.members()));
            }
            before = Optional.of(entry.members());
        }
        for (SnapshotFacts snapshot : store.snapshots()) {
            long bytes = snapshot.files().stream().mapToLong(SnapshotFacts.File::bytes).sum();
            lines.add(
                    "snapshot up to index "
                            + snapshot.index()
                            + ", term "
                            + snapshot.term()
                            + ", "
                            + bytes
                            + " bytes: "
                            + everybody(snapshot.configuration()));
        }
        return lines;
    }

    private static String everybody(Configuration members) {
        StringBuilder text = new StringBuilder(members(members));
        if (members.isJoint()) {
            text.append(", before ").append(names(members.oldPeers()));
        }
        if (!members.learners().isEmpty()) {
            text.append(", learners ").append(names(members.learners()));
        }
        return text.toString();
    }

    private static String names(List<Peer> peers) {
        return peers.stream().map(Peer::text).sorted().collect(Collectors.joining(" "));
    }

    private static String range(LogFacts log) {
        return log.count() == 0
                ? "empty, next " + log.firstIndex()
                : log.firstIndex() + ".." + log.lastIndex() + " @" + log.lastTerm();
    }

    private static String members(Configuration members) {
        String text = names(members.peers());
        return members.isJoint() ? text + " (changing)" : text;
    }

    private static void stacks(StringBuilder out, HomeRecords records) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("stack", "services", "clusters", "instances", "overrides", "digest", ""));
        for (Optional<StackRecords> stack : List.of(records.legacy(), records.jraft())) {
            stack.ifPresent(one -> rows.add(row(one, records)));
        }
        if (rows.size() > 1) {
            line(out, "");
            table(out, rows);
        }
    }

    private static List<String> row(StackRecords stack, HomeRecords records) {
        RecordCounts counts = RecordCounts.of(stack);
        String answers =
                records.primary().equals(Optional.of(stack.stack()))
                        ? "the server answers this"
                        : "";
        String tail = stack.hasPossibleTail() ? "includes entries that may not be committed" : "";
        return List.of(
                stack.stack().name().toLowerCase(Locale.ROOT),
                "" + counts.services(),
                "" + counts.clusters(),
                "" + counts.instances(),
                "" + counts.overrides(),
                counts.digest().substring(0, DIGEST_SHOWN),
                answers + (answers.isEmpty() || tail.isEmpty() ? "" : "; ") + tail);
    }

    private static void findings(StringBuilder out, HomeInspection inspection) {
        List<String> lines = new ArrayList<>();
        for (HomeFinding finding : inspection.records().findings()) {
            lines.add((finding.blocks() ? "! " : "- ") + finding.text());
        }
        for (StoreFacts store : inspection.stores()) {
            for (StoreFinding finding : store.findings()) {
                String told = "group " + store.group() + ": " + finding.what();
                boolean known =
                        inspection.records().findings().stream()
                                .anyMatch(one -> one.what().equals(told));
                if (!known) {
                    lines.add(
                            (finding.isDamage() ? "! " : "- ")
                                    + "group "
                                    + store.group()
                                    + ": "
                                    + finding.text());
                }
            }
        }
        if (!lines.isEmpty()) {
            line(out, "");
            lines.forEach(text -> line(out, "  " + text));
        }
    }

    private static void table(StringBuilder out, List<List<String>> rows) {
        int columns = rows.get(0).size();
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder(" ");
            for (int column = 0; column < columns; column++) {
                int at = column;
                int width = rows.stream().mapToInt(one -> one.get(at).length()).max().orElse(0);
                text.append(' ').append(row.get(column));
                text.append(" ".repeat(width - row.get(column).length() + 1));
            }
            line(out, text.toString().stripTrailing());
        }
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
