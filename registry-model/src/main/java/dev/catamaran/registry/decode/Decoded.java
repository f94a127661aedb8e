package dev.catamaran.registry.decode;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a decoder makes of input from outside. Decoders never throw for what the input holds. */
public sealed interface Decoded<T> {

    /** The input was good. */
    record Ok<T>(T decoded) implements Decoded<T> {
        public Ok {
            requireNonNull(decoded, "decoded is null");
        }
    }

    /** The input was not taken. */
    record Refused<T>(Refusal refusal) implements Decoded<T> {
        public Refused {
            requireNonNull(refusal, "refusal is null");
        }
    }

    /** Runs a decoder that throws {@link DecodeException} and gives its result as a value. */
    static <T> Decoded<T> of(Supplier<T> decoder) {
        try {
            return new Ok<>(decoder.get());
        } catch (DecodeException e) {
            return new Refused<>(e.refusal());
        }
    }

    static <T> Decoded<T> refused(String what, String where) {
        return new Refused<>(new Refusal(what, where));
    }

    /** The value, or nothing if it was refused. */
    default Optional<T> value() {
        return this instanceof Ok<T> ok ? Optional.of(ok.decoded()) : Optional.empty();
    }

    /** The value; throws {@link DecodeException} if it was refused. */
    default T orThrow() {
        if (this instanceof Ok<T> ok) {
            return ok.decoded();
        }
        throw new DecodeException(((Refused<T>) this).refusal());
    }

    default <R> Decoded<R> map(Function<T, R> change) {
        return this instanceof Ok<T> ok
                ? new Ok<>(change.apply(ok.decoded()))
                : new Refused<>(((Refused<T>) this).refusal());
    }
}
