package dev.catamaran.tool.path;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.tool.path.Situation.Storage;
import java.util.ArrayList;
import java.util.List;

/** What releases changed that an operator must prepare, each said at the step that crosses it. */
final class Changes {

    /**
     * One change.
     *
     * @param since first version that has it
     * @param embeddedToo whether it also concerns configuration inside the servers
     * @param text what to do
     */
    private record Change(MemberVersion since, boolean embeddedToo, String text) {}

    private static final List<Change> CHANGES =
            List.of(
                    change(
                            "2.0.0",
                            true,
                            "ports P+1000 and P+1001 (gRPC) are open between members and to"
                                    + " clients, as TCP with the same offset through every load"
                                    + " balancer; P-1000 (raft) between members only"),
                    change(
                            "2.0.0",
                            true,
                            "clients may stay at 1.x; a 2.x client never works with a 1.x server,"
                                    + " so servers go first"),
                    change(
                            "2.1.0",
                            false,
                            "the database has the column encrypted_data_key in config_info,"
                                    + " config_info_beta and his_config_info, with a default of ''"
                                    + " so that older servers can still write"),
                    change(
                            "2.2.1",
                            true,
                            "with auth on, nacos.core.auth.plugin.nacos.token.secret.key (base64,"
                                    + " 32 bytes or more) and the pair"
                                    + " nacos.core.auth.server.identity.key/value are set to the"
                                    + " same text on every node: they have no default any more, and"
                                    + " running tokens stay valid only if the key is the same"),
                    change(
                            "2.5.0",
                            false,
                            "the database has the table config_info_gray and the new columns of"
                                    + " his_config_info; third-party datasource plugins know them"),
                    change(
                            "3.0.0",
                            true,
                            "the console has a port of its own (8080): probes and links are"
                                    + " changed"),
                    change(
                            "3.0.0",
                            true,
                            "the namespaces '' and public become one: look for configuration that"
                                    + " exists in both"),
                    change(
                            "3.0.0",
                            true,
                            "v1 and v2 console and admin calls are off by default (410); clients"
                                    + " keep working"),
                    change("3.2.0", true, "clients below 2.0 are not served any more"));

    private Changes() {}

    private static Change change(String since, boolean embeddedToo, String text) {
        return new Change(Releases.v(since), embeddedToo, text);
    }

    /** What the step from {@code here} to {@code to} crosses. */
    static List<String> between(Situation here, MemberVersion to) {
        List<String> texts = new ArrayList<>();
        for (Change change : CHANGES) {
            boolean crossed =
                    Releases.isBelow(here.from(), change.since())
                            && !Releases.isBelow(to, change.since());
            boolean concerns = change.embeddedToo() || here.storage() != Storage.EMBEDDED;
            if (crossed && concerns) {
                texts.add(change.text());
            }
        }
        return texts;
    }
}
