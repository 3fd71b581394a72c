import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Checks PDF files against one veraPDF profile: {@code Validate PDFUA-1 FILE...}
 *
 * <p>Prints, separated by tabs, one line a file, {@code file NUMBER COMPLIANT} (counted from 0),
 * each followed by its failures, {@code failure NUMBER RULE MESSAGE}. A file veraPDF cannot read,
 * or did not check to the end, is not compliant.
 */
public final class Validate {
  private static final int FAILURES_SHOWN_PER_RULE = 5;

  private Validate() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.UK);
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int number = 1; number < arguments.length; number++) {
      check(out, number - 1, new File(arguments[number]), profile(arguments[0]));
    }
  }

  /** The profile by its name in the jar; veraPDF's own directory of profiles is empty there. */
  private static ValidationProfile profile(String name) throws Exception {
    String resource = "/org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream stream = Validate.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("veraPDF has no profile named " + name);
      }
      return Profiles.profileFromXml(stream);
    }
  }

  private static void check(PrintStream out, int number, File file, ValidationProfile profile) {
    try (PDFAParser parser =
            Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
        PDFAValidator validator =
            Foundries.defaultInstance()
                .createValidator(profile, FAILURES_SHOWN_PER_RULE, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      boolean finished = "NORMAL".equals(result.getJobEndStatus().name());
      line(out, "file", number, result.isCompliant() && finished);
      if (!finished) {
        line(out, "failure", number, "unfinished", result.getJobEndStatus());
      }
      for (String failure : failures(result)) {
        out.println("failure\t" + number + "\t" + failure);
      }
    } catch (Exception problem) {
      line(out, "file", number, false);
      line(out, "failure", number, "unreadable", problem);
    }
  }

  private static TreeSet<String> failures(ValidationResult result) {
    TreeSet<String> failures = new TreeSet<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        String reason = assertion.getErrorMessage();
        failures.add(rule + "\t" + flat(reason == null ? assertion.getMessage() : reason));
      }
    }
    return failures;
  }

  private static void line(PrintStream out, String kind, int number, Object... values) {
    StringBuilder line = new StringBuilder(kind).append('\t').append(number);
    for (Object value : values) {
      line.append('\t').append(flat(String.valueOf(value)));
    }
    out.println(line);
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").trim();
  }
}
