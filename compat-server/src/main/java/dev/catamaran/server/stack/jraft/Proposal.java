package dev.catamaran.server.stack.jraft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import dev.catamaran.server.stack.WriteResult;
import java.util.concurrent.CompletableFuture;

/**
 * The closure of one proposed entry. JRaft runs it with OK after the entry was applied, and with an
 * error either before the entry reached the log or when leadership was lost with the entry in it;
 * only the former is certain.
 */
final class Proposal implements Closure {

    private final CompletableFuture<Applied> done = new CompletableFuture<>();
    private volatile Applied applied = new Applied(new WriteResult.Done(), "", 0);

    /**
     * How it ended.
     *
     * @param result in the words of the stack
     * @param answer what the state machine said
     * @param index log index; 0 when it was not applied
     */
    record Applied(WriteResult result, String answer, long index) {}

    /** Called by the state machine before it runs the closure. */
    void applied(String answer, long index) {
        applied = new Applied(new WriteResult.Done(), answer, index);
    }

    CompletableFuture<Applied> done() {
        return done;
    }

    @Override
    public void run(Status status) {
        if (status.isOk()) {
            done.complete(applied);
        } else {
            done.complete(new Applied(failed(status), "", 0));
        }
    }

    /**
     * The texts are those of JRaft 1.3.14's NodeImpl for tasks it never put into the log; a text it
     * does not know stays unknown.
     */
    static WriteResult failed(Status status) {
        String text = String.valueOf(status.getErrorMsg());
        boolean neverLogged =
                status.getRaftError() == RaftError.EBUSY
                        || status.getRaftError() == RaftError.ENODESHUTDOWN
                        || (status.getRaftError() == RaftError.EPERM
                                && (text.startsWith("Is not leader")
                                        || text.startsWith("expected_term=")));
        return neverLogged
                ? new WriteResult.NotNow("the leader did not take it: " + text)
                : new WriteResult.Unknown("the leader lost sight of it: " + status);
    }
}
