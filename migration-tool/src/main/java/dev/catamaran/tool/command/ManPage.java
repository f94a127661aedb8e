package dev.catamaran.tool.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a verb, made of what {@code --help} is made of, in the form of man(7). */
final class ManPage {

    /** General commands. */
    private static final String SECTION = "1";

    private final CommandLine line;
    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandLine line) {
        this.line = line;
        this.spec = line.getCommandSpec();
    }

    /** Name of the page's file: {@code catamaran-rebuild-plan.1}. */
    static String fileName(CommandLine line) {
        return name(line.getCommandSpec()) + "." + SECTION;
    }

    static String of(CommandLine line) {
        return new ManPage(line).text();
    }

    private String text() {
        List<String> description = lines(spec.usageMessage().description());
        macro(".TH " + name(spec).toUpperCase(Locale.ROOT) + " " + SECTION);
        macro(".SH NAME");
        text(name(spec) + " - " + (description.isEmpty() ? "" : firstSentence(description.get(0))));
        macro(".SH SYNOPSIS");
        literal(line.getHelp().synopsis(0).lines().toList());
        macro(".SH DESCRIPTION");
        for (String paragraph : description) {
            if (paragraph.isEmpty()) {
                macro(".PP");
            } else {
                text(paragraph);
            }
        }
        arguments();
        verbs();
        List<String> footer = lines(spec.usageMessage().footer());
        if (!footer.isEmpty()) {
            macro(".SH EXAMPLES AND EXIT STATUS");
            literal(footer);
        }
        macro(".SH SEE ALSO");
        text(seeAlso());
        return page.toString();
    }

    private void arguments() {
        if (spec.args().isEmpty()) {
            return;
        }
        macro(".SH OPTIONS");
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            item(argument.paramLabel(), argument.description());
        }
        for (OptionSpec option : spec.options()) {
            String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
            item(String.join(", ", option.names()) + value, option.description());
        }
    }

    private void verbs() {
        if (line.getSubcommands().isEmpty()) {
            return;
        }
        macro(".SH VERBS");
        line.getSubcommands()
                .forEach(
                        (name, verb) ->
                                item(name, verb.getCommandSpec().usageMessage().description()));
    }

    private String seeAlso() {
        Stream<String> below =
                line.getSubcommands().values().stream().map(verb -> name(verb.getCommandSpec()));
        Stream<String> above = Stream.ofNullable(spec.parent()).map(parent -> name(parent));
        return Stream.concat(above, below)
                .map(name -> name + "(" + SECTION + ")")
                .collect(Collectors.joining(", "));
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private void item(String head, String... description) {
        macro(".TP");
        text(head);
        text(String.join(" ", lines(description)));
    }

    /** What picocli would print, without colours. */
    private static List<String> lines(String... raw) {
        return Arrays.stream(raw)
                .flatMap(
                        one ->
                                one.isEmpty()
                                        ? Stream.of("")
                                        : Ansi.OFF
                                                .string(one.replace("%n", "\n").replace("%%", "%"))
                                                .lines())
                .toList();
    }

    private void literal(List<String> lines) {
        macro(".nf");
        lines.forEach(this::text);
        macro(".fi");
    }

    private void macro(String macro) {
        page.append(macro).append('\n');
    }

    /** A line of text: no dot or quote at its begin is a macro, no backslash an escape. */
    private void text(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        boolean control = escaped.startsWith(".") || escaped.startsWith("'");
        page.append(control ? "\\&" : "").append(escaped).append('\n');
    }
}
