/**
 * The conversation page, better with a script: nothing here is needed to finish a conversation.
 * Each module listens on the document, since the changing part of the page is replaced with every message.
 */

import { limitCards } from "./cards.js";
import { closeMenus } from "./menus.js";
import { sendInBackground } from "./send.js";
import { showNewest } from "./focus.js";

closeMenus();
limitCards();
sendInBackground();
showNewest();
