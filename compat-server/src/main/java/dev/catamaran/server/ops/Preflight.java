package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberVersion;
import dev.catamaran.server.member.MemberDirectory;
import dev.catamaran.server.member.MemberInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the real servers of the list would do by their own code when something is restarted or
 * listed now. Real 2.0 (and 2.1 when it supports upgrades from 1.x) forgets at each start what the
 * others are, and takes one that it cannot reach before it was heard for a 1.x server (spec:
 * upgrade-machinery D3). Nothing of ours can prevent that; it can be known beforehand.
 */
public final class Preflight {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final MemberVersion WITHOUT_THE_MACHINERY = version("2.2.0");

    /** The first of 1.x that can send an identity (spec: legacy-raft 2). */
    private static final MemberVersion IDENTITY_OF_1X = version("1.4.1");

    /** The first of 2.x whose reports carry it (spec: upgrade-machinery 1). */
    private static final MemberVersion IDENTITY_OF_2X = version("2.0.3");

    private final MemberDirectory members;
    private final boolean identity;
    private final Supplier<SortedMap<String, String>> otherPolicies;

    private static MemberVersion version(String text) {
        return MemberVersion.parse(text).orElseThrow();
    }

    /**
     * Checks.
     *
     * @param members who is listed, and what is known of them
     * @param identity whether members must prove that they are members by a header
     * @param otherPolicies planned members that name other policies, with these
     */
    public Preflight(
            MemberDirectory members,
            boolean identity,
            Supplier<SortedMap<String, String>> otherPolicies) {
        this.members = requireNonNull(members, "members is null");
        this.identity = identity;
        this.otherPolicies = requireNonNull(otherPolicies, "otherPolicies is null");
    }

    /**
     * One finding.
     *
     * @param check stable name
     * @param member whom it is about
     * @param evidence what was seen
     * @param danger what happens otherwise
     * @param advice what to do, or not to do
     */
    record Finding(String check, String member, String evidence, String danger, String advice) {}

    /** All findings as a JSON array; empty when nothing is dangerous now. */
    ArrayNode json() {
        ArrayNode array = JSON.createArrayNode();
        for (Finding finding : findings()) {
            ObjectNode node = array.addObject();
            node.put("check", finding.check());
            node.put("member", finding.member());
            node.put("evidence", finding.evidence());
            node.put("danger", finding.danger());
            node.put("advice", finding.advice());
        }
        return array;
    }

    List<Finding> findings() {
        List<MemberInfo> all = members.members();
        List<String> forgetful =
                all.stream().filter(Preflight::forgets).map(MemberInfo::address).toList();
        List<Finding> findings = new ArrayList<>();
        if (identity) {
            all.stream()
                    .filter(Preflight::sendsNoIdentity)
                    .map(Preflight::refused)
                    .forEach(findings::add);
        }
        otherPolicies.get().forEach((member, policies) -> findings.add(differs(member, policies)));
        if (forgetful.isEmpty()) {
            return findings;
        }
        for (MemberInfo member : all) {
            if (!member.reachable().orElse(false)) {
                findings.add(
                        member.reportAgeMs().isEmpty()
                                ? neverHeard(member, forgetful)
                                : notReached(member, forgetful));
            }
        }
        for (MemberInfo member : all) {
            if (forgets(member)) {
                findings.add(restart(member));
            }
        }
        return findings;
    }

    private static Finding differs(String member, String policies) {
        return new Finding(
                "policies-differ",
                member,
                policies.isEmpty()
                        ? "it has not said its policies since this member started"
                        : "its policies (upgrade/downgrade) are '"
                                + policies
                                + "', this member has others",
                "none now: as long as they differ no member moves the cluster without an order,"
                        + " whatever it was told",
                "set catamaran.upgrade.policy and catamaran.downgrade.policy alike on all members");
    }

    /** No version is one below 1.3, which names none. */
    private static boolean sendsNoIdentity(MemberInfo member) {
        Optional<MemberVersion> version = member.version().flatMap(MemberVersion::parse);
        return member.kind() == MemberInfo.Kind.REAL
                && version.map(
                                known ->
                                        known.compareTo(
                                                        known.below2()
                                                                ? IDENTITY_OF_1X
                                                                : IDENTITY_OF_2X)
                                                < 0)
                        .orElse(true);
    }

    private static Finding refused(MemberInfo member) {
        return new Finding(
                "identity-not-sent",
                member.address(),
                "an identity is configured here, and version "
                        + member.version().orElse("none (below 1.3)")
                        + " sends none in its reports to members",
                "its reports are refused with 403: it takes this member for SUSPICIOUS or DOWN in"
                        + " turn with UP, and a planned 1.x server cannot share its raft with it",
                "leave catamaran.identity.key and catamaran.identity.value unset on every member"
                        + " until this server is replaced; the source address is checked all the"
                        + " same");
    }

    private static boolean forgets(MemberInfo member) {
        Optional<MemberVersion> version = member.version().flatMap(MemberVersion::parse);
        return member.kind() == MemberInfo.Kind.REAL
                && version.isPresent()
                && !version.get().below2()
                && version.get().compareTo(WITHOUT_THE_MACHINERY) < 0;
    }

    private static Finding neverHeard(MemberInfo member, List<String> forgetful) {
        return new Finding(
                "listed-before-it-listens",
                member.address(),
                "it is in the member list and has never been heard by this member",
                "each of "
                        + forgetful
                        + " that has not heard it either takes it for a 1.x server and prints"
                        + " 'Downgrade to 1.X'",
                "start a member first, and write it into the lists of real servers when it"
                        + " answers; if it stands there already, start it now");
    }

    private static Finding notReached(MemberInfo member, List<String> forgetful) {
        return new Finding(
                "real-restart-while-a-member-is-down",
                member.address(),
                "it is not reached now",
                "each of "
                        + forgetful
                        + " that is restarted now takes it for a 1.x server and prints 'Downgrade"
                        + " to 1.X'",
                "restart no real server before this member answers again");
    }

    private static Finding restart(MemberInfo member) {
        return new Finding(
                "real-restart-needs-everybody",
                member.address(),
                "version "
                        + member.version().orElse("none")
                        + " forgets at each start what the other members are",
                "if any member is down in the first seconds after its start, it prints 'Downgrade"
                        + " to 1.X'",
                "restart it only while every member of the list answers, and no two members at"
                        + " once");
    }
}
