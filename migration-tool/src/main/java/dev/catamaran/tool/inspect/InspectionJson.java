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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An inspection for programs; the fields are described in {@code docs/tool/inspect.md}. */
public final class InspectionJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private InspectionJson() {}

    /** The inspection as a tree. Fields are only ever added. */
    public static ObjectNode of(HomeInspection inspection) {
        HomeRecords records = inspection.records();
        ObjectNode node = JSON.createObjectNode();
        node.put("home", records.home().toString());
        node.put("version", records.version().text());
        node.put("versionBecause", records.version().because());
        node.put("use", lower(inspection.use()));
        node.put("embeddedDatabase", inspection.embeddedDatabase());
        inspection.upgraded().ifPresent(value -> node.put("upgraded", value));
        node.put("legacyFiles", inspection.legacyFiles().count());
        node.put("legacyTerm", inspection.legacyFiles().term());
        node.put("sound", inspection.isSound());
        ArrayNode groups = node.putArray("groups");
        inspection.stores().forEach(store -> groups.add(store(store)));
        ObjectNode stacks = node.putObject("records");
        records.primary().ifPresent(primary -> stacks.put("answered", lower(primary)));
        stacks.put("complete", records.isComplete());
        for (Optional<StackRecords> stack : List.of(records.legacy(), records.jraft())) {
            stack.ifPresent(one -> stacks.set(lower(one.stack()), stack(one)));
        }
        ArrayNode findings = node.putArray("findings");
        records.findings().forEach(finding -> findings.add(finding(finding)));
        return node;
    }

    /** What stands for a home that could not be read at all. */
    public static ObjectNode of(String home, HomeFinding finding) {
        ObjectNode node = JSON.createObjectNode();
        node.put("home", home);
        node.put("sound", false);
        node.putArray("findings").add(finding(finding));
        return node;
    }

    private static ObjectNode finding(HomeFinding finding) {
        ObjectNode node = JSON.createObjectNode();
        node.put("blocks", finding.blocks());
        node.put("what", finding.what());
        node.put("where", finding.where());
        node.put("todo", finding.todo());
        return node;
    }

    private static ObjectNode stack(StackRecords stack) {
        RecordCounts counts = RecordCounts.of(stack);
        ObjectNode node = JSON.createObjectNode();
        node.put("services", counts.services());
        node.put("clusters", counts.clusters());
        node.put("instances", counts.instances());
        node.put("overrides", counts.overrides());
        node.put("digest", counts.digest());
        node.put("viewDigest", counts.viewDigest());
        node.put("switches", stack.switches().isPresent());
        ArrayNode groups = node.putArray("from");
        for (StackRecords.GroupProgress group : stack.groups()) {
            ObjectNode one = groups.addObject();
            one.put("group", group.group());
            one.put("committedAtLeast", group.committedAtLeast());
            one.put("lastIndex", group.lastIndex());
            one.put("writes", group.writes());
            one.put("unread", group.unread());
        }
        return node;
    }

    private static ObjectNode store(StoreFacts store) {
        ObjectNode node = JSON.createObjectNode();
        node.put("group", store.group());
        node.put("rocksdb", store.rocksdbVersion());
        node.put("whole", store.isWhole());
        store.vote()
                .ifPresent(
                        vote -> {
                            node.put("term", vote.term());
                            node.put("votedFor", vote.votedFor().map(Peer::text).orElse(""));
                        });
        node.put("committedAtLeast", store.committedAtLeast());
        node.put("lastIndex", store.lastIndex());
        node.put("lastTerm", store.lastTerm());
        store.log().ifPresent(log -> node.set("log", log(log)));
        ArrayNode snapshots = node.putArray("snapshots");
        store.snapshots().forEach(snapshot -> snapshots.add(snapshot(snapshot)));
        ArrayNode findings = node.putArray("findings");
        for (StoreFinding finding : store.findings()) {
            ObjectNode one = findings.addObject();
            one.put("kind", lower(finding.kind()));
            one.put("damage", finding.isDamage());
            one.put("what", finding.what());
            one.put("where", finding.where());
            one.put("todo", finding.todo());
        }
        return node;
    }

    private static ObjectNode log(LogFacts log) {
        ObjectNode node = JSON.createObjectNode();
        node.put("firstIndex", log.firstIndex());
        node.put("entries", log.count());
        node.put("dataBytes", log.dataBytes());
        ArrayNode terms = node.putArray("terms");
        for (LogFacts.TermRun run : log.terms()) {
            terms.addObject().put("term", run.term()).put("firstIndex", run.firstIndex());
        }
        ArrayNode configurations = node.putArray("configurations");
        for (LogFacts.ConfigurationEntry entry : log.configurations()) {
            ObjectNode one = configurations.addObject();
            one.put("index", entry.index()).put("term", entry.term());
            members(one, entry.members());
        }
        return node;
    }

    private static ObjectNode snapshot(SnapshotFacts snapshot) {
        ObjectNode node = JSON.createObjectNode();
        node.put("index", snapshot.index()).put("term", snapshot.term());
        members(node, snapshot.configuration());
        ArrayNode files = node.putArray("files");
        for (SnapshotFacts.File file : snapshot.files()) {
            files.addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
        }
        return node;
    }

    private static void members(ObjectNode node, Configuration members) {
        texts(node.putArray("peers"), members.peers());
        if (members.isJoint()) {
            texts(node.putArray("oldPeers"), members.oldPeers());
        }
        if (!members.learners().isEmpty()) {
            texts(node.putArray("learners"), members.learners());
        }
    }

    private static void texts(ArrayNode array, Collection<Peer> peers) {
        peers.forEach(peer -> array.add(peer.text()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
