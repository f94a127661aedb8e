package dev.catamaran.server.member;

import static java.util.Objects.requireNonNull;

import dev.catamaran.judgement.MemberEvidence.Source;
import dev.catamaran.server.member.MemberClient.MemberResponse;
import dev.catamaran.server.member.MemberClient.NotSentException;
import dev.catamaran.server.member.ReportJson.Report;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each other member at a fixed interval what it is, and reports this one to it.
 *
 * <p>It looks before it speaks: a member whose kind is not known is asked first, because what may
 * be said to it depends on that ({@link VersionRule}). Our own members hear of this one at each
 * interval; real ones in turn, one at each interval, as among themselves (spec: jraft-groups 6.3).
 */
public final class MemberReporter {

    /** Where real servers of 1.3 and later take reports. */
    public static final String PATH = "/nacos/v1/core/cluster/report";

    /** Where they say what they are. */
    static final String SELF = "/nacos/v1/core/cluster/self";

    /** What those before 1.3 answer instead, and those from 2.2 on do not (legacy-raft 1.1). */
    static final String LEGACY = "/nacos/v1/ns/raft/state";

    private static final Logger LOG = LoggerFactory.getLogger(MemberReporter.class);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final byte[] NO_BODY = {};

    private final MemberRoster roster;
    private final MemberClient client;
    private final ScheduledExecutorService timer;
    private final Duration interval;

    /** Touched by the timer's rounds only, which follow each other. */
    private int turn;

    /**
     * A reporter; it says nothing before {@link #start()}.
     *
     * @param roster what to say, and where to note who answers
     * @param client how to say it
     * @param timer runs the rounds; owned by the caller
     * @param interval time between two rounds
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
        timer.scheduleWithFixedDelay(
                this::roundSafely, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void roundSafely() {
        try {
            round();
        } catch (RuntimeException broken) {
            LOG.error("report-round-failed because=\"{}\"", broken.toString(), broken);
        }
    }

    void round() {
        roster.tellIfNobodyDecided();
        List<String> strangers =
                roster.addresses().stream()
                        .filter(address -> !address.equals(roster.self()))
                        .filter(address -> !roster.isFreshCatamaran(address))
                        .toList();
        String next = strangers.isEmpty() ? "" : strangers.get(turn++ % strangers.size());
        for (String address : roster.addresses()) {
            if (strangers.contains(address)) {
                look(address, address.equals(next));
            } else if (!address.equals(roster.self())) {
                report(address);
            }
        }
    }

    private void report(String address) {
        byte[] body = roster.selfJson().getBytes(StandardCharsets.UTF_8);
        then(
                address,
                client.send("POST", address, PATH, "application/json", body, interval),
                response -> {
                    int status = response.status();
                    if (status == OK) {
                        roster.answered(address);
                        hear(address, ReportJson.readAnswer(response.body()));
                    } else if (absent(status)) {
                        // it is below 1.3 and will learn of us in its own way
                        roster.answered(address);
                    } else {
                        roster.failed(address, false);
                    }
                });
    }

    /** Asks a member what it is; tells it of this one if it is its turn, or if it is ours. */
    private void look(String address, boolean itsTurn) {
        then(
                address,
                get(address, SELF),
                response -> {
                    Optional<Report> said = ReportJson.readAnswer(response.body());
                    if (absent(response.status())) {
                        lookForLegacy(address);
                    } else if (response.status() == OK && said.isPresent()) {
                        roster.answered(address);
                        hear(address, said);
                        if (itsTurn || said.get().catamaran()) {
                            report(address);
                        }
                    } else {
                        roster.failed(address, false);
                    }
                });
    }

    private void lookForLegacy(String address) {
        then(
                address,
                get(address, LEGACY),
                response -> {
                    if (response.status() == OK) {
                        roster.answered(address);
                        roster.hear(Source.PROBE, Report.before13(address));
                    } else {
                        roster.failed(address, false);
                    }
                });
    }

    /** Only what a member says of itself is heard. */
    private void hear(String address, Optional<Report> said) {
        said.filter(report -> report.address().equals(address))
                .ifPresent(report -> roster.hear(Source.PROBE, report));
    }

    private static boolean absent(int status) {
        return status == NOT_FOUND || status == NOT_IMPLEMENTED;
    }

    private CompletableFuture<MemberResponse> get(String address, String path) {
        return client.send("GET", address, path, "application/json", NO_BODY, interval);
    }

    private void then(
            String address,
            CompletableFuture<MemberResponse> call,
            Consumer<MemberResponse> onAnswer) {
        call.whenComplete(
                (response, failure) -> {
                    if (failure == null) {
                        onAnswer.accept(response);
                    } else {
                        Throwable cause =
                                failure instanceof CompletionException && failure.getCause() != null
                                        ? failure.getCause()
                                        : failure;
                        roster.failed(address, cause instanceof NotSentException);
                    }
                });
    }
}
