package homelab.command;

import homelab.model.K3sVersion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A release of k3s, as it is typed: {@code v1.34.3+k3s1}. */
final class ReleaseTyped implements ITypeConverter<K3sVersion> {

    @Override
    public K3sVersion convert(String typed) {
        try {
            return K3sVersion.parse(typed);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(String.valueOf(wrong.getMessage()));
        }
    }
}
