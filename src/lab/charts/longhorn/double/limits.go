package main

import "encoding/json"

// limitsFor reads the setting system-managed-csi-components-resource-limits: a JSON object from component to its requests and
// limits. A component that is not named has none, and a name that is no component is passed over: so the flat form
// {"cpu": "200m", "memory": "200Mi"} is valid and without effect.
func limitsFor(value, component string) string {
	var byComponent map[string]json.RawMessage
	if json.Unmarshal([]byte(value), &byComponent) != nil || byComponent[component] == nil {
		return "{}"
	}
	var resources struct {
		Requests map[string]string `json:"requests,omitempty"`
		Limits   map[string]string `json:"limits,omitempty"`
	}
	if json.Unmarshal(byComponent[component], &resources) != nil {
		return "{}"
	}
	return toJSON(resources)
}
