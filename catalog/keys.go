package catalog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
)

// parsePlain reads a line in which nothing is wrong, and sooner than checkKeys
// does. Where it is not sure of that it reports false.
func parsePlain(line []byte) (*Query, bool) {
	var q Query
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&q); err != nil {
		return nil, false
	}
	end := dec.InputOffset()
	return &q, len(bytes.Trim(line[end:], " \t\r\n")) == 0 && plainKeys(line[:end])
}

// plainKeys reports whether a JSON value is an object in which every key is of
// small letters and the like, so that its name is taken by letter, and none is
// given twice.
func plainKeys(value []byte) bool {
	if value = bytes.TrimLeft(value, " \t\r\n"); value[0] != '{' {
		return false
	}
	keys, objects := make([][]byte, 0, 64), make([]int, 0, 8) // the keys of the objects at hand, and where those of each begin
	for i := 0; i < len(value); i++ {
		switch value[i] {
		case '{':
			objects = append(objects, len(keys))
		case '}':
			keys, objects = keys[:objects[len(objects)-1]], objects[:len(objects)-1]
		case '"':
			from := i + 1
			for i = from; value[i] != '"'; i++ {
				if value[i] == '\\' {
					i++
				}
			}
			key := value[from:i]
			for i++; bytes.IndexByte([]byte(" \t\r\n"), value[i]) >= 0; i++ {
			}
			if value[i] != ':' {
				i--
				continue
			}
			for _, other := range keys[objects[len(objects)-1]:] {
				if bytes.Equal(key, other) {
					return false
				}
			}
			for _, c := range key {
				if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '.' && c != '-' {
					return false
				}
			}
			keys = append(keys, key)
		}
	}
	return true
}

// checkKeys holds the keys of a line to those of a Query. Package json would
// take them in any case of letters, and the last of two.
func checkKeys(line []byte) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	switch t, err := dec.Token(); {
	case err == io.EOF:
		return errors.New("query: an empty line: want one JSON object")
	case err != nil:
		return fmt.Errorf("query: %w", err)
	case t != json.Delim('{'):
		return errors.New("query: want one JSON object")
	}
	if err := checkObject(dec, reflect.TypeFor[Query](), ""); err == io.EOF {
		return errors.New("query: the line ends before its object does")
	} else if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("query: more than one JSON value on the line")
	}
	return nil
}

// checkObject checks the keys of an object whose brace is read, and of those
// in it. A type without fields has keys of the caller's.
func checkObject(dec *json.Decoder, of reflect.Type, path string) error {
	fields := map[string]reflect.Type{}
	var names []string
	if of.Kind() == reflect.Struct {
		for f := range of.Fields() {
			names = append(names, f.Tag.Get("json"))
			fields[f.Tag.Get("json")] = f.Type
		}
	}
	seen := map[string]bool{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		value, ok := fields[key]
		switch {
		case seen[key]:
			return fmt.Errorf("key %q is given twice", path+key)
		case len(names) > 0 && !ok:
			return fmt.Errorf("key %q is not known: %s", path+key, wanted(key, names))
		case !ok:
			value = of.Elem()
		}
		seen[key] = true
		if err := checkValue(dec, value, path+key); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

func checkValue(dec *json.Decoder, of reflect.Type, path string) error {
	for of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	if of == reflect.TypeFor[json.RawMessage]() {
		var raw json.RawMessage // looked at when it is known what is wanted
		return dec.Decode(&raw)
	}
	t, err := dec.Token()
	switch {
	case err != nil:
		return err
	case t == json.Delim('{') && (of.Kind() == reflect.Map || of.Kind() == reflect.Struct && of.Field(0).Tag.Get("json") != ""):
		return checkObject(dec, of, path+".")
	case t == json.Delim('{'), t == json.Delim('[') && of.Kind() != reflect.Slice:
		return fmt.Errorf("%s is of JSON type %s: want %s", path, map[json.Delim]string{'{': "object", '[': "array"}[t.(json.Delim)], jsonType(of))
	case t != json.Delim('['):
		return nil
	}
	of = of.Elem()
	for i := 0; dec.More(); i++ {
		if err := checkValue(dec, of, fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// jsonType names the JSON type that a Go type is read from.
func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Struct:
		if t.Field(0).Tag.Get("json") == "" {
			return "a string" // an instant or a date
		}
	case reflect.Bool:
		return "true or false"
	case reflect.Int:
		return "a whole number"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}
