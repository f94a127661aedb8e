package dev.catamaran.tool.explain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Answers as real servers did: {@code ### time GET url}, a status, headers, a blank line, a body.
 */
final class CapturedAnswers implements LiveReader.Ask {

    private final Map<String, String> bodies = new LinkedHashMap<>();

    static CapturedAnswers of(String resource) {
        CapturedAnswers answers = new CapturedAnswers();
        try (InputStream in = CapturedAnswers.class.getResourceAsStream("/explain/" + resource);
                BufferedReader text =
                        new BufferedReader(
                                new InputStreamReader(
                                        new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            answers.read(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    CapturedAnswers with(String url, String body) {
        bodies.put(url, body);
        return this;
    }

    private void read(BufferedReader text) throws IOException {
        String url = "";
        boolean ok = false;
        boolean inBody = false;
        StringBuilder body = new StringBuilder();
        String line;
        while ((line = text.readLine()) != null) {
            if (line.startsWith("### ")) {
                keep(url, ok, body);
                url = line.substring(line.indexOf("http"));
                inBody = false;
                body.setLength(0);
            } else if (line.startsWith("HTTP ") && !inBody) {
                ok = line.equals("HTTP 200");
            } else if (line.isBlank() && !inBody) {
                inBody = true;
            } else if (inBody) {
                body.append(line).append('\n');
            }
        }
        keep(url, ok, body);
    }

    private void keep(String url, boolean ok, StringBuilder body) {
        if (ok) {
            bodies.put(url, body.toString());
        }
    }

    @Override
    public Optional<String> get(URI base, String path) throws IOException {
        if (bodies.keySet().stream().noneMatch(url -> url.startsWith(base + "/"))) {
            throw new ConnectException("Connection refused");
        }
        String plain = path.replace("?withInstances=false", "");
        return Optional.ofNullable(bodies.get(base + plain));
    }
}
