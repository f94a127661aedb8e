package dev.catamaran.registry.convert;

import static java.util.Objects.requireNonNull;

import dev.catamaran.registry.decode.PlainText;

/**
 * One record that does not come along whole, or never balances. Plain text, to be printed as it is;
 * secrets are not in it, and what is no letter of a line is written as its number.
 *
 * @param rule id of the {@link LossRule} that found it
 * @param key the record, as operators write it
 * @param what what is wrong with it or missing on the other side
 * @param applied what the conversion did about it
 * @param advice what an operator can do
 * @param blocking whether a switch must wait until it is mended
 */
public record Loss(
        String rule, String key, String what, String applied, String advice, boolean blocking) {

    public Loss {
        requireNonNull(rule, "rule is null");
        key = PlainText.of(requireNonNull(key, "key is null"));
        what = PlainText.of(requireNonNull(what, "what is null"));
        requireNonNull(applied, "applied is null");
        requireNonNull(advice, "advice is null");
    }

    @Override
    public String toString() {
        return (blocking ? "BLOCKING " : "")
                + rule
                + " "
                + key
                + ": "
                + what
                + ". Done: "
                + applied
                + ". To do: "
                + advice
                + ".";
    }
}
