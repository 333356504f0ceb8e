package main

import (
	"strings"
	"testing"
)

func TestEveryPresetIsValid(t *testing.T) {
	if len(definitions) < 60 {
		t.Fatalf("only %d settings were read", len(definitions))
	}
	for name, known := range definitions {
		if err := known.check(known.preset); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestValuesAreCheckedByTheirKind(t *testing.T) {
	for _, c := range []struct {
		name, value string
		good        bool
	}{
		{"replica-soft-anti-affinity", "false", true},
		{"replica-soft-anti-affinity", "maybe", false},
		{"node-down-pod-deletion-policy", "delete-both-statefulset-and-deployment-pod", true},
		{"node-down-pod-deletion-policy", "delete-both", false},
		{"storage-minimal-available-percentage", "15", true},
		{"storage-minimal-available-percentage", "101", false},
		{"storage-minimal-available-percentage", "15%", false},
		{"default-replica-count", `{"v1":"2"}`, true},
		{"default-replica-count", "2", true},
		{"default-replica-count", `{"v3":"2"}`, false},
		{"default-replica-count", `{"v1":"21"}`, false},
		{"default-replica-count", `{"v1":2}`, false},
		{"system-managed-csi-components-resource-limits", `{"csi-attacher":{"limits":{"memory":"80Mi"}}}`, true},
		{"system-managed-csi-components-resource-limits", "200m", false},
	} {
		if err := definitions[c.name].check(c.value); (err == nil) != c.good {
			t.Errorf("%s = %s: %v", c.name, c.value, err)
		}
	}
}

func TestTheFlatFormOfLimitsIsValidAndWithoutEffect(t *testing.T) {
	flat := `{"cpu":"200m","memory":"200Mi"}`
	if err := definitions["system-managed-csi-components-resource-limits"].check(flat); err != nil {
		t.Errorf("refused: %v", err)
	}
	if limits := limitsFor(flat, "csi-attacher"); limits != "{}" {
		t.Errorf("it had an effect: %s", limits)
	}
	keyed := `{"csi-attacher":{"requests":{"cpu":"10m"},"limits":{"memory":"80Mi"}}}`
	if limits := limitsFor(keyed, "csi-attacher"); limits != `{"requests":{"cpu":"10m"},"limits":{"memory":"80Mi"}}` {
		t.Errorf("the keyed form had none: %s", limits)
	}
	if limits := limitsFor(keyed, "csi-resizer"); limits != "{}" {
		t.Errorf("a component that is not named has %s", limits)
	}
}

func TestLinesOfAConfigMapAreRead(t *testing.T) {
	pairs := readPairs("default-replica-count: \"{\\\"v1\\\":\\\"2\\\"}\"\nbackup-target: s3://b@r/\nempty: \"\"\n# no: word\n")
	if pairs["default-replica-count"] != `{"v1":"2"}` || pairs["backup-target"] != "s3://b@r/" || pairs["empty"] != "" || len(pairs) != 3 {
		t.Errorf("read wrongly: %q", pairs)
	}
	if forV1(pairs["default-replica-count"]) != "2" || forV1("3") != "3" {
		t.Error("the value for v1 is another")
	}
}

func TestTheDriverIsFilledWithoutARest(t *testing.T) {
	text := driverText(map[string]string{"priority-class": "longhorn-critical", "system-managed-csi-components-resource-limits": `{"csi-provisioner":{"limits":{"memory":"80Mi"}}}`},
		func(name string) string {
			return map[string]string{"CSI_POD_ANTI_AFFINITY_PRESET": "hard", "CSI_ATTACHER_REPLICA_COUNT": "2"}[name]
		})
	all, err := driverObjects(text)
	if err != nil || len(all) != 6 {
		t.Fatalf("%d objects, %v", len(all), err)
	}
	if strings.Contains(text, "${") || !strings.Contains(text, "requiredDuringScheduling") || !strings.Contains(text, `{"limits":{"memory":"80Mi"}}`) {
		t.Error("filled wrongly:\n" + text)
	}
	for _, one := range all {
		if one.GetLabels()[doubleMark] != "true" {
			t.Errorf("%s does not say that it is a double's", one.GetName())
		}
		if _, known := driverKinds[one.GetKind()]; !known {
			t.Errorf("nothing applies a %s", one.GetKind())
		}
	}
}
