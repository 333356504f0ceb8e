package homelab.report;

import homelab.doctor.Checkup;
import homelab.doctor.Finding;
import homelab.doctor.Page;
import homelab.doctor.Verdict;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as a report of JUnit, as CI systems read it: FAIL is a failure, UNKNOWN an error, what does not apply is
 * skipped, and WARN passes with its words as output.
 */
public final class DoctorJUnit {
    /** Of UTC; its readers take no zone. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private DoctorJUnit() {}

    public static String of(Checkup checkup) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml);
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "homelab doctor " + checkup.cluster());
            xml.writeAttribute("timestamp", TIME.format(checkup.at()));
            xml.writeAttribute("time", "0");
            count(xml, "tests", checkup.findings().size());
            count(xml, "failures", checkup.of(Verdict.FAIL).size());
            count(xml, "errors", checkup.of(Verdict.UNKNOWN).size());
            count(xml, "skipped", checkup.of(Verdict.NOT_APPLICABLE).size());
            line(xml);
            for (Finding finding : checkup.findings()) {
                write(xml, finding);
            }
            xml.writeEndElement();
            line(xml);
            xml.writeEndDocument();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("the report cannot be written", e);
        }
        return text.toString();
    }

    private static void count(XMLStreamWriter xml, String name, int count) throws XMLStreamException {
        xml.writeAttribute(name, String.valueOf(count));
    }

    private static void write(XMLStreamWriter xml, Finding finding) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "homelab.doctor." + Page.group(finding.check()));
        xml.writeAttribute("name", Safe.line(finding.check() + " " + finding.subject()));
        xml.writeAttribute("time", "0");
        switch (finding.verdict()) {
            case FAIL -> told(xml, "failure", finding);
            case UNKNOWN -> told(xml, "error", finding);
            case NOT_APPLICABLE -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", Safe.line(finding.what()));
            }
            case WARN -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(Safe.line(finding.what()) + "\n" + body(finding));
                xml.writeEndElement();
            }
            case PASS -> {}
        }
        xml.writeEndElement();
        line(xml);
    }

    private static void told(XMLStreamWriter xml, String element, Finding finding) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("message", Safe.line(finding.what()));
        xml.writeAttribute("type", finding.check());
        xml.writeCharacters(body(finding));
        xml.writeEndElement();
    }

    private static String body(Finding finding) {
        String fix = finding.fix().isBlank() ? "" : "fix: " + Safe.text(finding.fix());
        return Safe.text(String.join("\n", finding.evidence()))
                + (finding.evidence().isEmpty() ? "" : "\n")
                + fix;
    }

    private static void line(XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
