package homelab.report;

import static org.assertj.core.api.Assertions.assertThat;

import homelab.doctor.Checkup;
import homelab.json.JsonAnswer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What holds of each form in which findings are written, whatever was found. */
public final class DoctorForms {
    /** Control characters but line ends, and what turns or breaks lines. */
    private static final Pattern RAW = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}&&[^\\n]]");

    /** Prometheus, "text-based format" version 0.0.4: comments of two kinds, and samples without a time. */
    private static final Pattern METRIC = Pattern.compile("# (HELP|TYPE) [a-z_]+ .+"
            + "|[a-z_]+\\{[a-z]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\"(,[a-z]+=\"([^\"\\\\]|\\\\[\\\\\"n])*\")*+\\} -?\\d+");

    private static final Schema SCHEMA = schema();

    private DoctorForms() {}

    public static void hold(Checkup checkup) {
        text(new DoctorText(Terminal.PIPE).of(checkup, true));
        json(DoctorJson.of(checkup));
        junit(DoctorJUnit.of(checkup));
        metrics(DoctorMetrics.of(checkup));
    }

    private static void text(String text) {
        assertThat(RAW.matcher(text).results().map(found -> found.group()).findFirst())
                .as("raw characters")
                .isEmpty();
        assertThat(text.getBytes(StandardCharsets.UTF_8).length)
                .as("a screen or some")
                .isLessThan(300_000);
    }

    private static void json(String json) {
        text(json);
        assertThat(JsonAnswer.tree(json).path("findings").isArray()).isTrue();
    }

    static void junit(String xml) {
        text(xml);
        try {
            SCHEMA.newValidator().validate(new StreamSource(new StringReader(xml)));
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
            count(document, "tests", "testcase");
            count(document, "failures", "failure");
            count(document, "errors", "error");
            count(document, "skipped", "skipped");
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("no report of JUnit: " + e.getMessage(), e);
        }
    }

    private static void count(Document document, String attribute, String element) {
        assertThat(document.getDocumentElement().getAttribute(attribute))
                .as(attribute)
                .isEqualTo(String.valueOf(document.getElementsByTagName(element).getLength()));
    }

    private static Schema schema() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(DoctorForms.class.getResource("/doctor/junit.xsd"));
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }

    static void metrics(String metrics) {
        text(metrics);
        Set<String> samples = new HashSet<>();
        metrics.lines().forEach(line -> {
            assertThat(METRIC.matcher(line).matches()).as(line).isTrue();
            assertThat(samples.add(line)).as("told twice: " + line).isTrue();
        });
        assertThat(metrics).endsWith("\n");
    }
}
