package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed settings.yaml
var settingsText string

// definition is one setting that the double knows.
type definition struct {
	name, preset string
	kind         []string // the word for the kind and its arguments
}

var definitions = readDefinitions(settingsText)

func readDefinitions(text string) map[string]definition {
	all := map[string]definition{}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		name, rest, _ := strings.Cut(line, ": ")
		bar := strings.LastIndex(rest, " | ")
		kind := strings.Fields(rest[bar+3:])
		d := definition{name: name, preset: strings.Trim(rest[:bar], `"`), kind: kind}
		if strings.HasPrefix(rest, "{") {
			d.preset = rest[:bar]
		}
		all[name] = d
	}
	return all
}

// check says what is wrong with a value of this setting, as the manager does before it takes one.
func (d definition) check(value string) error {
	switch d.kind[0] {
	case "limits":
		return checkLimits(value)
	case "engines":
		return checkEngines(d.kind[1:], value)
	default:
		return checkPlain(d.kind, value)
	}
}

func checkPlain(kind []string, value string) error {
	switch kind[0] {
	case "bool":
		if _, err := strconv.ParseBool(value); err != nil {
			return fmt.Errorf("value %q should be true or false", value)
		}
	case "int":
		return checkInt(kind[1], kind[2], value)
	case "one":
		if !slices.Contains(kind[1:], value) {
			return fmt.Errorf("value %q is not a valid choice, available choices %v", value, kind[1:])
		}
	}
	return nil
}

func checkInt(least, most, value string) error {
	number, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return fmt.Errorf("value %q is not a number", value)
	}
	low, _ := strconv.ParseInt(least, 10, 64)
	high, _ := strconv.ParseInt(most, 10, 64)
	if number < low || number > high {
		return fmt.Errorf("value %d should be between %d and %d", number, low, high)
	}
	return nil
}

// checkEngines takes one value for all data engines, or JSON with a text for each.
func checkEngines(kind []string, value string) error {
	if !strings.HasPrefix(strings.TrimSpace(value), "{") {
		return checkPlain(kind, value)
	}
	var byEngine map[string]string
	if err := json.Unmarshal([]byte(value), &byEngine); err != nil {
		return fmt.Errorf("value %q is no JSON object of texts: %v", value, err)
	}
	for name, each := range byEngine {
		if name != "v1" && name != "v2" {
			return fmt.Errorf("there is no data engine %q", name)
		}
		if err := checkPlain(kind, each); err != nil {
			return err
		}
	}
	return nil
}

// checkLimits only asks for a JSON object: what is in it and is not understood is passed over without a word.
func checkLimits(value string) error {
	if value == "" {
		return nil
	}
	var any map[string]any
	if err := json.Unmarshal([]byte(value), &any); err != nil {
		return fmt.Errorf("value %q is no JSON object: %v", value, err)
	}
	return nil
}

// forV1 is what a value means for the v1 data engine.
func forV1(value string) string {
	var byEngine map[string]string
	if json.Unmarshal([]byte(value), &byEngine) == nil {
		return byEngine["v1"]
	}
	return value
}

// readPairs reads the "name: value" lines of the ConfigMaps that the chart makes.
func readPairs(text string) map[string]string {
	pairs := map[string]string{}
	for _, line := range strings.Split(text, "\n") {
		name, value, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found || strings.HasPrefix(name, "#") {
			continue
		}
		value = strings.TrimSpace(value)
		if unquoted, err := strconv.Unquote(value); err == nil {
			value = unquoted
		}
		pairs[name] = strings.Trim(value, "'")
	}
	return pairs
}
