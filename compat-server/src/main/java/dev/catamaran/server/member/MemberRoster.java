package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.member.MemberInfo.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The configured list, and what each member of it said and how it could be reached since this
 * process started. Nobody enters the list by reporting.
 */
public final class MemberRoster implements MemberDirectory {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String self;
    private final List<String> addresses;
    private final Supplier<SelfFacts> facts;
    private final LongSupplier nanoTime;
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Map<String, Boolean> reached = new ConcurrentHashMap<>();

    /**
     * A roster.
     *
     * @param self own address
     * @param addresses addresses of all members, self included
     * @param facts what this member says of itself
     * @param nanoTime a clock that only counts up, in nanoseconds
     */
    public MemberRoster(
            String self, List<String> addresses, Supplier<SelfFacts> facts, LongSupplier nanoTime) {
        this.self = requireNonNull(self, "self is null");
        this.addresses = addresses.stream().sorted().toList();
        this.facts = requireNonNull(facts, "facts is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    @Override
    public List<MemberInfo> members() {
        return addresses.stream().map(this::info).toList();
    }

    private MemberInfo info(String address) {
        if (address.equals(self)) {
            return new MemberInfo(
                    address,
                    true,
                    Kind.CATAMARAN,
                    Optional.of(SelfFacts.SPEAKS),
                    OptionalLong.of(facts.get().epoch()),
                    OptionalLong.of(0),
                    Optional.of(true));
        }
        Optional<Boolean> reachable = Optional.ofNullable(reached.get(address));
        Heard last = heard.get(address);
        if (last == null) {
            return new MemberInfo(
                    address,
                    false,
                    Kind.UNKNOWN,
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    reachable);
        }
        long ageNanos = Math.max(0, nanoTime.getAsLong() - last.atNanos());
        return new MemberInfo(
                address,
                false,
                last.report().catamaran() ? Kind.CATAMARAN : Kind.REAL,
                last.report().version(),
                last.report().epoch(),
                OptionalLong.of(TimeUnit.NANOSECONDS.toMillis(ageNanos)),
                reachable);
    }

    /** What became of a report. */
    public enum Received {
        /** It is kept. */
        TAKEN,
        /** Its sender is no member; nothing is kept of it. */
        NOT_LISTED,
        /** It is no report. */
        ILLEGAL
    }

    /** Takes the body of a report. */
    public Received receive(byte[] body) {
        Optional<ReportJson.Report> report = ReportJson.read(body);
        if (report.isEmpty()) {
            return Received.ILLEGAL;
        }
        String address = report.get().address();
        if (!addresses.contains(address) || address.equals(self)) {
            return Received.NOT_LISTED;
        }
        heard.put(address, new Heard(report.get(), nanoTime.getAsLong()));
        return Received.TAKEN;
    }

    /** Notes how the last call to a member ended. */
    void reached(String address, boolean answered) {
        reached.put(address, answered);
    }

    /** This member as it reports itself. */
    public String selfJson() {
        return ReportJson.self(self, facts.get()).toString();
    }

    /** All members, in the form of the real servers' node list. */
    public String membersJson() {
        ArrayNode nodes = JSON.createArrayNode();
        for (MemberInfo info : members()) {
            nodes.add(info.self() ? ReportJson.self(self, facts.get()) : ReportJson.other(info));
        }
        return nodes.toString();
    }

    private record Heard(ReportJson.Report report, long atNanos) {}
}
