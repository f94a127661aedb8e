package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports this member to each other member at a fixed interval, and notes who answers. */
public final class MemberReporter {

    /** Where real servers of 1.3 and later take reports (spec: jraft-groups 6.3). */
    public static final String PATH = "/nacos/v1/core/cluster/report";

    private static final Logger LOG = LoggerFactory.getLogger(MemberReporter.class);

    private final MemberRoster roster;
    private final MemberClient client;
    private final ScheduledExecutorService timer;
    private final Duration interval;
    private final Map<String, Boolean> answered = new ConcurrentHashMap<>();

    /**
     * A reporter; it says nothing before {@link #start()}.
     *
     * @param roster what to say, and where to note who answers
     * @param client how to say it
     * @param timer runs the rounds; owned by the caller
     * @param interval time between two reports to the same member
     */
    public MemberReporter(
            MemberRoster roster,
            MemberClient client,
            ScheduledExecutorService timer,
            Duration interval) {
        this.roster = requireNonNull(roster, "roster is null");
        this.client = requireNonNull(client, "client is null");
        this.timer = requireNonNull(timer, "timer is null");
        this.interval = requireNonNull(interval, "interval is null");
    }

    /** Reports now and at each interval until the timer ends. */
    public void start() {
        timer.scheduleWithFixedDelay(this::round, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        byte[] body = roster.selfJson().getBytes(StandardCharsets.UTF_8);
        for (String address : roster.addresses()) {
            if (!address.equals(roster.self())) {
                client.send("POST", address, PATH, "application/json", body, interval)
                        .whenComplete(
                                (response, failure) ->
                                        note(address, failure == null && response.status() == 200));
            }
        }
    }

    private void note(String address, boolean now) {
        roster.reached(address, now);
        Boolean before = answered.put(address, now);
        if (before == null || before != now) {
            LOG.info("member={} answers={}", address, now);
        }
    }
}
