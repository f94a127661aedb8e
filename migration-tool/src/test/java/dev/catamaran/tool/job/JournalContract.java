package dev.catamaran.tool.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a journal promises, in whatever database it lives. */
abstract class JournalContract {

    private static final int JOBS = 30;
    private static final int WORKERS = 6;

    /** Where the journal under test lives; the same for every call. */
    abstract JournalPlace place() throws Exception;

    @Test
    void keepsWhatWasAskedPlannedDoneAndReached() throws Exception {
        String id;
        try (Journal journal = Journal.open(place())) {
            id = create(journal, "migrate");
            Claim claim = claimed(journal.claim(id, "w1"));
            String plan = "{\"text\":\"" + "中文 ü ".repeat(20_000) + "\"}";
            claim.plan(plan, new Job.Digests("aa", "bb", ""), steps(3));
            claim.ended(List.of(steps(3).get(1).ended(Step.State.DONE, "2 written")));
            claim.finish(JobState.DONE, "aa", "all there");

            Job job = journal.job(id).orElseThrow();
            assertThat(job.plan()).isEqualTo(plan);
        }
        try (Journal journal = Journal.open(place())) {
            Job job = journal.job(id).orElseThrow();
            assertThat(job.verb()).isEqualTo("migrate");
            assertThat(job.who()).isEqualTo("Zoë");
            assertThat(job.arguments()).isEqualTo(Map.of("from", "/home/中", "to", "http://b"));
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.digests()).isEqualTo(new Job.Digests("aa", "bb", "aa"));
            assertThat(job.outcome()).isEqualTo("all there");
            assertThat(job.times().createdMs()).isPositive();
            assertThat(job.times().startedMs()).isGreaterThanOrEqualTo(job.times().createdMs());
            assertThat(job.times().endedMs()).isGreaterThanOrEqualTo(job.times().startedMs());
            assertThat(Math.abs(System.currentTimeMillis() - job.times().endedMs()))
                    .isLessThan(Duration.ofMinutes(2).toMillis());
            assertThat(journal.steps(id))
                    .extracting(Step::state)
                    .containsExactly(Step.State.PENDING, Step.State.DONE, Step.State.PENDING);
            assertThat(journal.jobs(Set.of(JobState.DONE), 1000)).extracting(Job::id).contains(id);
            assertThat(journal.jobs(Set.of(JobState.FAILED), 1000))
                    .extracting(Job::id)
                    .doesNotContain(id);
            assertThat(journal.claim(id, "w2")).isInstanceOf(ClaimAttempt.Finished.class);
        }
    }

    @Test
    void givesAJobToOneWorkerOnly() throws Exception {
        try (Journal journal = Journal.open(place())) {
            String id = create(journal, "migrate");

            claimed(journal.claim(id, "w1"));

            assertThat(journal.claim(id, "w2"))
                    .isInstanceOfSatisfying(
                            ClaimAttempt.Held.class,
                            held -> {
                                assertThat(held.job().claim().worker()).isEqualTo("w1");
                                assertThat(held.job().claim().live()).isTrue();
                                assertThat(held.job().isInterrupted()).isFalse();
                            });
            assertThat(journal.claim("no-such", "w2")).isInstanceOf(ClaimAttempt.NoSuchJob.class);
        }
    }

    @Test
    void sharesAFleetsJobsAmongWorkersWithoutEverGivingOneTwice() throws Exception {
        List<String> created = new ArrayList<>();
        try (Journal journal = Journal.open(place())) {
            for (int i = 0; i < JOBS; i++) {
                created.add(create(journal, "fleet"));
            }
        }
        List<String> run = Collections.synchronizedList(new ArrayList<>());
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int w = 0; w < WORKERS; w++) {
                String name = "w" + w;
                tasks.add(() -> runAll(name, run));
            }
            for (Future<Integer> future : workers.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            workers.shutdownNow();
        }
        assertThat(run).containsExactlyInAnyOrderElementsOf(created);
    }

    private int runAll(String worker, List<String> run) throws Exception {
        int own = 0;
        try (Journal journal = Journal.open(place())) {
            Optional<Claim> claim = journal.claimNext("fleet", worker);
            while (claim.isPresent() || anyQueued(journal)) {
                if (claim.isPresent()) {
                    run.add(claim.get().jobId());
                    claim.get().finish(JobState.DONE, "", "by " + worker);
                    own++;
                }
                claim = journal.claimNext("fleet", worker);
            }
        }
        return own;
    }

    private static boolean anyQueued(Journal journal) throws IOException {
        return journal.jobs(Set.of(JobState.QUEUED), 1000).stream()
                .anyMatch(job -> job.verb().equals("fleet"));
    }

    @Test
    void fencesAWorkerThatWasSilentForLongerThanItsLease() throws Exception {
        try (Journal journal = Journal.open(place(), 200)) {
            String id = create(journal, "migrate");
            Claim old = claimed(journal.claim(id, "sleepy"));
            old.plan("{}", new Job.Digests("a", "b", ""), steps(2));
            Awaitility.await().until(() -> journal.job(id).orElseThrow().isInterrupted());

            Claim now = claimed(journal.claim(id, "fresh"));

            List<Step> ended = List.of(steps(2).get(0).ended(Step.State.DONE, "late"));
            assertThatThrownBy(() -> old.ended(ended)).isInstanceOf(LostClaimException.class);
            assertThatThrownBy(old::renew).isInstanceOf(LostClaimException.class);
            assertThatThrownBy(() -> old.finish(JobState.DONE, "", ""))
                    .isInstanceOf(LostClaimException.class);
            assertThat(journal.steps(id)).allMatch(step -> step.state() == Step.State.PENDING);
            now.ended(ended);
            assertThat(journal.steps(id).get(0).state()).isEqualTo(Step.State.DONE);
        }
    }

    @Test
    void resumesAFailedJobOnlyWhenAskedForItByName() throws Exception {
        try (Journal journal = Journal.open(place())) {
            String id = create(journal, "only-failed");
            claimed(journal.claim(id, "w1")).finish(JobState.FAILED, "", "the target went away");

            assertThat(journal.claimNext("only-failed", "w2")).isEmpty();
            Claim again = claimed(journal.claim(id, "w2"));
            again.renew();
            assertThat(journal.job(id).orElseThrow().claim().fence()).isEqualTo(2);
        }
    }

    @Test
    void doesNotWaitForTheLeaseOfAWorkerThatIsKnownDead() throws Exception {
        try (Journal journal = Journal.open(place())) {
            String id = create(journal, "migrate");
            claimed(journal.claim(id, "w1"));
            Job held = journal.job(id).orElseThrow();

            journal.endLease(held);
            claimed(journal.claim(id, "w2"));
            // meant for the claim of w1, so it must not hit that of w2
            journal.endLease(held);

            assertThat(journal.claim(id, "w3")).isInstanceOf(ClaimAttempt.Held.class);
        }
    }

    @Test
    void takesAWorkerOfThisMachineThatIsGoneForInterruptedAtOnce() throws Exception {
        Worker here = Worker.here();
        String gone = new Worker(here.host(), here.pid(), here.space(), 1).text();
        try (Journal journal = Journal.open(place())) {
            String id = create(journal, "of-the-dead");
            claimed(journal.claim(id, gone));

            assertThat(journal.job(id).orElseThrow().isInterrupted()).isTrue();
            assertThat(journal.claimNext("of-the-dead", "w2")).isPresent();
            assertThat(journal.job(id).orElseThrow().isInterrupted()).isFalse();
            assertThat(journal.claimNext("of-the-dead", "w3")).isEmpty();
        }
    }

    @Test
    void takesAClaimBackAndNothingUnderItAnyMore() throws Exception {
        try (Journal journal = Journal.open(place())) {
            String id = create(journal, "given-back");
            Claim claim = claimed(journal.claim(id, "w1"));

            claim.release();

            assertThat(claim.isReleased()).isTrue();
            assertThatThrownBy(claim::renew).isInstanceOf(LostClaimException.class);
            assertThat(journal.job(id).orElseThrow().isInterrupted()).isTrue();
            assertThat(journal.claimNext("given-back", "w2")).isPresent();
        }
    }

    @Test
    void isKnownToBeThereOnceItWasMade() throws Exception {
        Journal.open(place()).close();

        Journal.openExisting(place()).close();
    }

    private static String create(Journal journal, String verb) throws IOException {
        return journal.create(
                verb, "Zoë", "host-1", new TreeMap<>(Map.of("from", "/home/中", "to", "http://b")));
    }

    static Claim claimed(ClaimAttempt attempt) {
        assertThat(attempt).isInstanceOf(ClaimAttempt.Claimed.class);
        return ((ClaimAttempt.Claimed) attempt).claim();
    }

    private static List<Step> steps(int count) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(Step.pending(i, "public##G@@svc-" + i, "d" + i, ""));
        }
        return steps;
    }
}
