package dev.catamaran.server.ops;

import static java.util.Objects.requireNonNull;

import dev.catamaran.server.mirror.Mirror;
import dev.catamaran.server.transition.TransitionGroup;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An operator's word that a mass delete which the mirror holds back was meant. */
public final class DeleteConfirmation {

    /** Path below {@code /catamaran/v1/} and {@code /catamaran/v1/internal/}. */
    static final String PATH = "mirror/confirm-deletes";

    private static final Logger LOG = LoggerFactory.getLogger(DeleteConfirmation.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TransitionGroup group;
    private final Leadership leadership;
    private final Mirror mirror;

    /**
     * A confirmation desk.
     *
     * @param group says who runs the mirror
     * @param leadership reaches that member
     * @param mirror this member's mirror
     */
    public DeleteConfirmation(TransitionGroup group, Leadership leadership, Mirror mirror) {
        this.group = requireNonNull(group, "group is null");
        this.leadership = requireNonNull(leadership, "leadership is null");
        this.mirror = requireNonNull(mirror, "mirror is null");
    }

    /** Confirms, wherever the mirror runs. */
    CompletableFuture<OpsAnswer> confirm(byte[] body) {
        return group.isLeader()
                ? CompletableFuture.completedFuture(confirmHere(body))
                : leadership.forward("POST", PATH, body);
    }

    /** Confirms on this member. */
    OpsAnswer confirmHere(byte[] body) {
        int held = mirror.status().quarantined();
        if (held == 0) {
            return refused("nothing is held back", "look at /catamaran/v1/status");
        }
        if (!confirmed(new String(body, StandardCharsets.UTF_8))) {
            return refused(
                    held + " deletions are held back",
                    "look at /catamaran/v1/diff, then repeat with the body {\"confirm\":true}");
        }
        mirror.confirmDeletes();
        LOG.info("deletes-confirmed held={}", held);
        return new OpsAnswer(OpsAnswer.OK, "{\"confirmed\":" + held + "}");
    }

    /** Whether a body says {@code confirm}. */
    static boolean confirmed(String body) {
        try {
            return JSON.readTree(body).path("confirm").asBoolean(false);
        } catch (JacksonException notJson) {
            return false;
        }
    }

    private static OpsAnswer refused(String evidence, String change) {
        return new OpsAnswer(
                OpsAnswer.REFUSED, Reasons.one("confirm-needed", evidence, change).toString());
    }
}
