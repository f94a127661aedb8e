package dev.catamaran.server.transition;

import dev.catamaran.judgement.JudgeSettings;

/** What the judge goes by now: the configured settings, as far as the members agree on them. */
@FunctionalInterface
public interface AgreedSettings {

    /** The settings of this moment. */
    JudgeSettings now();
}
