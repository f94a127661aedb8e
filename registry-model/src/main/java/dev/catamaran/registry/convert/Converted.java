package dev.catamaran.registry.convert;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a conversion made, and what it could not carry.
 *
 * @param value the other form; empty when nothing of the service could be carried
 * @param losses what is not in it
 */
public record Converted<T>(Optional<T> value, LossReport losses) {
    public Converted {
        requireNonNull(value, "value is null");
        requireNonNull(losses, "losses is null");
    }
}
