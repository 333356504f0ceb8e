package main

import (
	"archive/tar"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// The data of a volume is a folder of files. It travels between nodes as a tar stream.

// writeTree sends a folder: files, folders and symbolic links, with owner and mode.
func writeTree(folder string, to io.Writer) error {
	archive := tar.NewWriter(to)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return ignoreVanished(err)
		}
		info, err := entry.Info()
		if err != nil {
			return ignoreVanished(err)
		}
		return ignoreVanished(writeEntry(archive, folder, path, info))
	})
	return errors.Join(err, archive.Close())
}

// ignoreVanished: a file may go while a volume in use is read.
func ignoreVanished(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func writeEntry(archive *tar.Writer, folder, path string, info fs.FileInfo) error {
	link := ""
	if info.Mode()&fs.ModeSymlink != 0 {
		link, _ = os.Readlink(path)
	} else if !info.IsDir() && !info.Mode().IsRegular() {
		return nil // sockets and devices belong to who made them
	}
	header, err := tar.FileInfoHeader(info, link)
	if err != nil {
		return err
	}
	if header.Name, err = filepath.Rel(folder, path); err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return archive.WriteHeader(header)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	// A file that grows meanwhile is cut at the size that was announced, one that shrinks is filled up.
	copied, err := io.CopyN(archive, file, header.Size)
	if err == io.EOF {
		_, err = io.CopyN(archive, zeros{}, header.Size-copied)
	}
	return err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// readTree puts what was sent in the place of a folder. Half of it is never seen there.
func readTree(folder string, from io.Reader) error {
	part := folder + ".part"
	if err := errors.Join(os.RemoveAll(part), os.MkdirAll(part, 0o755)); err != nil {
		return err
	}
	archive := tar.NewReader(from)
	for {
		header, err := archive.Next()
		if err == io.EOF {
			return errors.Join(os.RemoveAll(folder), os.Rename(part, folder))
		}
		if err == nil {
			err = readEntry(archive, part, header)
		}
		if err != nil {
			return errors.Join(err, os.RemoveAll(part))
		}
	}
}

func readEntry(archive io.Reader, part string, header *tar.Header) error {
	if !filepath.IsLocal(header.Name) {
		return fmt.Errorf("%q leads out of the folder", header.Name)
	}
	path, mode := filepath.Join(part, header.Name), header.FileInfo().Mode()
	switch header.Typeflag {
	case tar.TypeDir:
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
	case tar.TypeSymlink:
		return errors.Join(os.Symlink(header.Linkname, path), os.Lchown(path, header.Uid, header.Gid))
	default:
		if err := writeFile(path, archive); err != nil {
			return err
		}
	}
	// The mode comes after the owner, whose change takes bits away.
	return errors.Join(os.Lchown(path, header.Uid, header.Gid), os.Chmod(path, mode), os.Chtimes(path, header.ModTime, header.ModTime))
}

func writeFile(path string, from io.Reader) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Close())
}

// fingerprint changes when a file below the folder does: by name, size, mode and times, so nothing is read.
func fingerprint(folder string) uint64 {
	sum := fnv.New64a()
	filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			stat := info.Sys().(*syscall.Stat_t)
			fmt.Fprintln(sum, path, info.Size(), info.Mode(), stat.Mtim, stat.Ctim)
		}
		return nil
	})
	return sum.Sum64()
}
