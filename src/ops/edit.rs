//! Editing a record by hand.

use super::{Error, Result, Session};
use crate::domain::object::Object;
use crate::domain::value::{ActionId, Id, Value};
use crate::store::ActionKind;

impl Session {
    /// Sets one field of a record that was read at revision `seen`.
    ///
    /// # Errors
    /// [`Error::Store`] with `Changed` when someone has written the record since, [`Error::NoField`]
    /// when the object has no such field.
    pub fn set_field(&mut self, object: Object, id: Id, seen: ActionId, field: &str, value: Value) -> Result<ActionId> {
        let no_field = || Error::NoField { object: object.key(), field: field.to_owned() };
        let at = object.position(field).ok_or_else(no_field)?;
        let head = self.head(ActionKind::Edit);
        let (action, ()) = self.store.write(&head, |writing| {
            writing.update(object, id, &[(at, value)], Some(seen))?;
            writing.describe("object", object.key());
            writing.describe("field", field);
            Ok::<_, Error>(())
        })?;
        action.ok_or(Error::Store(crate::store::Error::Changed))
    }
}
