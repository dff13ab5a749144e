//! Two records become one: what belonged to one belongs to the other.

use super::{Result, Writing};
use crate::domain::object::{Kind, Object};
use crate::domain::value::{Id, Value};

impl Writing<'_> {
    /// Gives whatever refers to `from`, and what systems call it, to `into`, and deletes it; returns how many
    /// references moved. A record does not come to refer to itself.
    ///
    /// # Errors
    /// [`super::Error`] when the store cannot be written.
    pub fn merge(&mut self, object: Object, from: Id, into: Id) -> Result<u64> {
        let mut moved = 0;
        for referrer in Object::ALL {
            for (at, field) in referrer.fields().iter().enumerate() {
                if field.kind != Kind::Reference(object) {
                    continue;
                }
                for row in self.rows_referring(referrer, field.key, from)? {
                    let to = Some(into).filter(|_| (referrer, row.id) != (object, into));
                    self.update(referrer, row.id, &[(at, to.into())], None)?;
                    moved += 1;
                }
                self.say_instead(referrer, field.key, from, into)?;
            }
        }
        let links = "SELECT id FROM link WHERE object = $1 AND record = $2 ORDER BY id";
        let record = Object::Link.position("record").unwrap_or_default();
        for link in self.ids(links, &[object.code().into(), from.into()])? {
            self.update(Object::Link, link, &[(record, into.into())], None)?;
        }
        self.delete(object, from)?;
        Ok(moved)
    }

    /// What systems and users said of a field names the other record from now on.
    fn say_instead(&mut self, referrer: Object, field: &'static str, from: Id, into: Id) -> Result<()> {
        let said = "SELECT s.id FROM source_value s JOIN link l ON l.id = s.link WHERE l.object = $1 AND s.field = $2";
        let decided = "SELECT s.id FROM decision s WHERE s.object = $1 AND s.field = $2";
        for (object, sql, key) in [
            (Object::SourceValue, said, "value"),
            (Object::SourceValue, said, "earlier"),
            (Object::Decision, decided, "value"),
        ] {
            let sql = format!("{sql} AND s.{key} = $3 ORDER BY s.id");
            let at = object.position(key).unwrap_or_default();
            let params = [referrer.code().into(), field.into(), from.0.to_string().into()];
            for id in self.ids(&sql, &params)? {
                self.update(object, id, &[(at, into.0.to_string().into())], None)?;
            }
        }
        Ok(())
    }

    fn ids(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Id>> {
        self.flush()?;
        let mut ids = Vec::new();
        self.db.query(sql, params, &mut |row| {
            ids.push(Id(row.must_int(0)?));
            Ok(())
        })?;
        Ok(ids)
    }
}
