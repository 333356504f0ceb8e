package main

import (
	"encoding/json"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"k8s.io/apimachinery/pkg/labels"
	utiljson "k8s.io/apimachinery/pkg/util/json"
)

var everything = labels.Everything()

// fromJSON keeps whole numbers whole, as the API machinery does.
func fromJSON(text []byte) (any, error) {
	var value any
	err := utiljson.Unmarshal(text, &value)
	return value, err
}

func toJSON(value any) string {
	text, _ := json.Marshal(value)
	return string(text)
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }

// judged is a condition that keeps the time of its last change: now, if it differs from the one that was there.
func judged(before []condition, kind string, holds bool, reason, message string) condition {
	status := "False"
	if holds {
		status, reason, message = "True", "", ""
	}
	next := condition{Type: kind, Status: status, Reason: reason, Message: message, LastTransitionTime: now()}
	for _, old := range before {
		if old.Type == kind && old.Status == status {
			next.LastTransitionTime = old.LastTransitionTime
		}
	}
	return next
}

func conditionTrue(all []condition, kind string) bool {
	for _, each := range all {
		if each.Type == kind {
			return each.Status == "True"
		}
	}
	return false
}

func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}

func notFound(err error) bool { return status.Code(err) == codes.NotFound }
