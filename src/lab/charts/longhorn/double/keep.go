package main

import (
	"context"
	"fmt"
	"log"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

const (
	configOfSettings     = "longhorn-default-setting"
	configOfStorageClass = "longhorn-storageclass"
	configOfBackups      = "longhorn-default-resource"
	annotationConfig     = "longhorn.io/configmap-resource-version" // which state of the ConfigMap a setting was last taken from
	annotationClass      = "longhorn.io/last-applied-configmap"
)

// keepSettings makes the settings that are missing and takes over what the ConfigMap says, once per change of it: what was
// set by hand stays until then. Values that are not valid are logged and passed over, names that are not known too.
func (c *cluster) keepSettings(ctx context.Context) (map[string]string, error) {
	var config configMap
	if _, err := c.find(ctx, configMaps, configOfSettings, &config); err != nil {
		return nil, err
	}
	wanted := readPairs(config.Data["default-setting.yaml"])
	f := c.faults(ctx)
	values := map[string]string{}
	for name, known := range definitions {
		is, err := c.keepSetting(ctx, known, wanted, config.ResourceVersion)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		values[name] = is.Value
		if is.ResourceVersion == "" {
			continue // made just now
		}
		complain("settings", c.setStatus(ctx, settings, name, settingStatus{Applied: !f.hits(faultSetting, name)}))
	}
	return values, nil
}

func (c *cluster) keepSetting(ctx context.Context, known definition, wanted map[string]string, version string) (setting, error) {
	var is setting
	there, err := c.find(ctx, settings, known.name, &is)
	if err != nil {
		return is, err
	}
	value, asked := wanted[known.name]
	if asked && is.Annotations[annotationConfig] != version {
		if err := known.check(value); err != nil {
			log.Printf("Invalid customized default setting: %s with value %s will be skipped: %v", known.name, value, err)
			asked = false
		}
	}
	mark := map[string]string{annotationConfig: version}
	if !there {
		is = setting{Value: known.preset}
		is.Name, is.Annotations = known.name, mark
		if asked {
			is.Value = value
		}
		return is, c.create(ctx, settings, "Setting", is)
	}
	if is.Annotations[annotationConfig] == version {
		return is, nil
	}
	change := map[string]any{"metadata": map[string]any{"annotations": mark}}
	if asked {
		is.Value = value
		change["value"] = value
	}
	return is, c.patch(ctx, settings, known.name, change)
}

// keepEngineImage says "deployed" when the image is on every node that has a manager.
func (c *cluster) keepEngineImage(ctx context.Context, standings map[string]standing, f faults) error {
	image := env("ENGINE_IMAGE")
	name := "ei-" + short(image)
	var is engineImage
	there, err := c.find(ctx, engineImages, name, &is)
	if err != nil {
		return err
	}
	if !there {
		made := engineImage{Spec: engineImageSpec{Image: image}}
		made.Name = name
		return c.create(ctx, engineImages, "EngineImage", made)
	}
	status := engineImageStatus{State: "deployed", Version: version, NodeDeploymentMap: map[string]bool{}}
	for node, s := range standings {
		if !s.managerThere {
			continue
		}
		here := s.up() && !f.hits(faultEngineImage, node)
		status.NodeDeploymentMap[node] = here
		if !here {
			status.State = "deploying"
		}
	}
	return c.setStatus(ctx, engineImages, name, status)
}

// keepStorageClass makes the class that the ConfigMap describes, anew when its text has changed: the parameters of a class
// cannot be. What was changed by hand in the class alone stays.
func (c *cluster) keepStorageClass(ctx context.Context) error {
	var config configMap
	if there, err := c.find(ctx, configMaps, configOfStorageClass, &config); err != nil || !there {
		return err
	}
	text := config.Data["storageclass.yaml"]
	var class unstructured.Unstructured
	if err := yaml.Unmarshal([]byte(text), &class.Object); err != nil {
		return err
	}
	is, err := c.raw(ctx, storageClasses, class.GetName())
	if err == nil && is.GetAnnotations()[annotationClass] == text {
		return nil
	}
	if err == nil {
		if err := c.gone(ctx, storageClasses, class.GetName()); err != nil {
			return err
		}
	}
	annotations := class.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[annotationClass] = text
	class.SetAnnotations(annotations)
	return c.create(ctx, storageClasses, "StorageClass", class.Object)
}

// keepBackupTarget makes the target `default` and says whether it can be reached: nothing is reached in the double.
func (c *cluster) keepBackupTarget(ctx context.Context, f faults) error {
	var config configMap
	if _, err := c.find(ctx, configMaps, configOfBackups, &config); err != nil {
		return err
	}
	var is backupTarget
	there, err := c.find(ctx, backupTargets, "default", &is)
	if err != nil {
		return err
	}
	wanted := readPairs(config.Data["default-resource.yaml"])
	if !there {
		made := backupTarget{Spec: backupTargetSpec{URL: wanted["backup-target"], CredentialSecret: wanted["backup-target-credential-secret"], PollInterval: wanted["backupstore-poll-interval"] + "s"}}
		made.Name, made.Annotations = "default", map[string]string{annotationConfig: config.ResourceVersion}
		return c.create(ctx, backupTargets, "BackupTarget", made)
	}
	if is.Annotations[annotationConfig] != config.ResourceVersion {
		return c.patch(ctx, backupTargets, "default", map[string]any{"metadata": map[string]any{"annotations": map[string]string{annotationConfig: config.ResourceVersion}},
			"spec": map[string]any{"backupTargetURL": wanted["backup-target"], "credentialSecret": wanted["backup-target-credential-secret"]}})
	}
	why := c.whyUnavailable(ctx, is.Spec, f)
	status := backupTargetStatus{Available: why == "", LastSyncedAt: is.Spec.SyncRequestedAt}
	unavailable := judged(is.Status.Conditions, "Unavailable", why != "", "", "")
	if why != "" {
		unavailable.Reason, unavailable.Message = "Unavailable", why
	}
	status.Conditions = []condition{unavailable}
	return c.setStatus(ctx, backupTargets, "default", status)
}

func (c *cluster) whyUnavailable(ctx context.Context, spec backupTargetSpec, f faults) string {
	if spec.URL == "" {
		return "backup target URL is empty"
	}
	if spec.CredentialSecret != "" {
		var secret corev1.Secret
		if there, err := c.find(ctx, secrets, spec.CredentialSecret, &secret); err != nil || !there {
			return fmt.Sprintf("failed to get the credential secret: secret %q not found", spec.CredentialSecret)
		}
	}
	return f.backupRefusal()
}
