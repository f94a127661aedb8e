package dev.catamaran.tool.rehearse;

import dev.catamaran.tool.members.ClusterStatus;
import dev.catamaran.tool.members.MemberProcess;
import dev.catamaran.tool.report.MemberReport;
import dev.catamaran.tool.report.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What was seen and done over time, collected from several threads. */
final class Observations {

    private static final long MS = 1_000_000;

    private record Sample(long atMs, String phase, long lagRecords, long lagMs, String digest) {}

    private final LongSupplier nanoClock;
    private final List<Sample> samples = new ArrayList<>();
    private final List<Timeline.Mark> marks = new ArrayList<>();
    private final Map<String, List<Long>> readyMs = new HashMap<>();
    private final Map<String, Long> residentKib = new HashMap<>();

    Observations(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    long nowNs() {
        return nanoClock.getAsLong();
    }

    long nowMs() {
        return nanoClock.getAsLong() / MS;
    }

    synchronized void mark(Timeline.Mark.Kind kind, String text) {
        marks.add(new Timeline.Mark(nowMs(), kind, text));
    }

    synchronized void sample(ClusterStatus status) {
        String digest =
                status.phase() == dev.catamaran.judgement.Phase.JRAFT
                                || status.phase() == dev.catamaran.judgement.Phase.FINALIZED
                        ? status.jraftDigest()
                        : status.legacyDigest();
        samples.add(
                new Sample(
                        nowMs(),
                        status.phase().name(),
                        status.lagRecords(),
                        status.lagMs(),
                        digest));
    }

    synchronized void ready(MemberProcess member, long startNs) {
        readyMs.computeIfAbsent(member.address(), address -> new ArrayList<>())
                .add((nowNs() - startNs) / MS);
        mark(Timeline.Mark.Kind.READY, member.address() + " serves");
    }

    synchronized void resident(MemberProcess member) {
        residentKib.merge(member.address(), member.residentKib(), Math::max);
    }

    synchronized long maxLagRecords(long fromMs, long untilMs) {
        return samples.stream()
                .filter(sample -> sample.atMs() >= fromMs && sample.atMs() <= untilMs)
                .mapToLong(Sample::lagRecords)
                .max()
                .orElse(0);
    }

    synchronized long maxLagMs(long fromMs, long untilMs) {
        return samples.stream()
                .filter(sample -> sample.atMs() >= fromMs && sample.atMs() <= untilMs)
                .mapToLong(Sample::lagMs)
                .max()
                .orElse(0);
    }

    /** Phase and digest as last seen. */
    synchronized String lastPhase() {
        return samples.isEmpty() ? "" : samples.get(samples.size() - 1).phase();
    }

    synchronized String lastDigest() {
        return samples.isEmpty() ? "" : samples.get(samples.size() - 1).digest();
    }

    synchronized MemberReport member(MemberProcess member) {
        List<Long> ready = readyMs.getOrDefault(member.address(), List.of());
        return new MemberReport(
                member.address(),
                member.home().toString(),
                member.pid(),
                ready.isEmpty() ? 0 : ready.get(0),
                ready.stream().mapToLong(Long::longValue).max().orElse(0),
                residentKib.getOrDefault(member.address(), 0L));
    }

    synchronized List<Timeline.Mark> marks() {
        return List.copyOf(marks);
    }

    synchronized List<Timeline.LagSample> lag() {
        return samples.stream()
                .map(sample -> new Timeline.LagSample(sample.atMs(), sample.lagRecords()))
                .toList();
    }

    /** Phases from sample to sample, up to {@code endMs}. */
    synchronized List<Timeline.Band> bands(long endMs) {
        List<Timeline.Band> bands = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            int first = i;
            while (i + 1 < samples.size()
                    && samples.get(i + 1).phase().equals(samples.get(first).phase())) {
                i++;
            }
            long untilMs = i + 1 < samples.size() ? samples.get(i + 1).atMs() : endMs;
            bands.add(
                    new Timeline.Band(
                            samples.get(first).phase(), samples.get(first).atMs(), untilMs));
        }
        return bands;
    }
}
