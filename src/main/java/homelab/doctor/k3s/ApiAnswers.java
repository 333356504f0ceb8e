package homelab.doctor.k3s;

import homelab.check.Condition.Name;
import homelab.doctor.Check;
import homelab.doctor.Finding;
import homelab.doctor.FromCondition;
import homelab.doctor.House;
import java.util.List;

/** K3S-001: the API says that it is ready, and names resolve. */
final class ApiAnswers implements Check {

    @Override
    public String id() {
        return "K3S-001";
    }

    @Override
    public List<Finding> judge(House house) {
        return FromCondition.of(this, house, Name.ApiReady, Name.UnitActive);
    }
}
