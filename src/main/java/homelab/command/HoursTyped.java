package homelab.command;

import homelab.model.Hours;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Hours of the day, as they are typed: {@code 02:00-05:00}. */
final class HoursTyped implements ITypeConverter<Hours> {

    @Override
    public Hours convert(String typed) {
        try {
            return Hours.parse(typed);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(String.valueOf(wrong.getMessage()));
        }
    }
}
